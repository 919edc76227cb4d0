"""Posts, their dated titles and their dated holders."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.posts import PostHolder, PostTitle
from storage import entries
from storage.entries import END_OF_TIME
from storage.rows import PostHolderRow, PostRow, PostTitleRow


def titles(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[PostTitle]:
    """Every title of every post, as at T and as known at K; `true_on` picks by day."""
    posts = _posts(session, group_id)
    rows = entries.standing(
        session, PostTitleRow, col(PostTitleRow.group_id) == group_id, at=at, known_at=known_at
    )
    return [
        PostTitle(
            post_id=row.post_id,
            key=posts[row.post_id].key,
            body_id=posts[row.post_id].body_id,
            title=row.title,
            address=tuple(row.address),
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in rows
    ]


def holders(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[PostHolder]:
    """Every holder of every post, as at T and as known at K; `true_on` picks by day."""
    posts = _posts(session, group_id)
    rows = entries.standing(
        session, PostHolderRow, col(PostHolderRow.group_id) == group_id, at=at, known_at=known_at
    )
    return [
        PostHolder(
            post_id=row.post_id,
            key=posts[row.post_id].key,
            body_id=posts[row.post_id].body_id,
            name=row.name,
            salutation=row.salutation,
            person_id=row.person_id,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in rows
    ]


def keys(session: Session, group_id: int) -> dict[str, int]:
    """The numbers of a group's posts, by key."""
    return {post.key: number for number, post in _posts(session, group_id).items()}


def _posts(session: Session, group_id: int) -> dict[int, PostRow]:
    rows = session.exec(select(PostRow).where(col(PostRow.group_id) == group_id))
    return {row.id: row for row in rows if row.id is not None}


def insert(session: Session, *, group_id: int, body_id: int, key: str) -> int:
    """A new post of a body; its number."""
    row = PostRow(group_id=group_id, body_id=body_id, key=key)
    session.add(row)
    session.flush()
    if row.id is None:
        raise AssertionError("A post has a number once it is flushed.")
    return row.id
