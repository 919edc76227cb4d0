"""Whether the parts of a group file fit together: who and what each of them names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from bot.domain.deadlines import long_date
from bot.domain.people import Role
from bot.services.group_file.contents import (
    BodyPart,
    CommitmentPart,
    Contents,
    ItemPart,
    LetterPart,
    PostPart,
)
from bot.services.group_file.parts import Spell


def problems(contents: Contents) -> list[str]:
    """One sentence for each thing that does not fit, in the order of the file's keys."""
    return list(dict.fromkeys(_Checks(contents).all()))


def folded(name: str) -> str:
    """A name as it is compared: without regard to case."""
    return name.casefold()


@dataclass(frozen=True)
class _Checks:
    contents: Contents
    people: frozenset[str] = field(init=False)
    bodies: frozenset[str] = field(init=False)
    posts: dict[str, PostPart] = field(init=False)
    answerable: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        c = self.contents
        promised = {one.ref for letter in c.letters for one in letter.commitments}
        asked = {one.ref for one in c.recommendations}
        set_ = object.__setattr__
        set_(self, "people", frozenset(folded(person.name) for person in c.people))
        set_(self, "bodies", frozenset(body.key for body in c.bodies))
        set_(self, "posts", {post.key: post for body in c.bodies for post in body.posts})
        set_(self, "answerable", frozenset(promised | asked))

    def all(self) -> Iterator[str]:
        yield from self._twice()
        yield from self._audiences()
        for body in self.contents.bodies:
            yield from self._body(body)
        yield from self._people()
        for name in self.contents.group.policy.clearers or ():
            yield from self._person("group, policy, clearers", name)
        for role in self.contents.roles:
            yield from self._person("roles", role.person)
        yield from self._roles_filled()
        yield from self._asked()
        for letter in self.contents.letters:
            yield from self._letter(letter)
        for item in self.contents.items:
            yield from self._item(item)
        yield from self._circles()

    def _audiences(self) -> Iterator[str]:
        for audience, keys in (self.contents.group.policy.audiences or {}).items():
            for key in keys:
                if key not in self.posts:
                    where = f"group, policy, audiences ({audience})"
                    yield _unknown(where, "post", key, self.posts)

    def _people(self) -> Iterator[str]:
        for person in self.contents.people:
            if person.body not in self.bodies:
                yield _unknown(f"people ({person.name})", "body", person.body, self.bodies)
        yield from self._accounts()

    def _asked(self) -> Iterator[str]:
        for asked in self.contents.recommendations:
            for key in asked.to:
                if key not in self.bodies:
                    yield _unknown(f"recommendations ({asked.ref})", "body", key, self.bodies)

    def _twice(self) -> Iterator[str]:
        c = self.contents
        promises = [one.ref for letter in c.letters for one in letter.commitments]
        said = [one.ref for letter in c.letters for one in letter.statements]
        asked = [one.ref for one in c.recommendations]
        for section, keys, mend in (
            ("bodies", [body.key for body in c.bodies], "give each body a key of its own"),
            ("posts", [p.key for b in c.bodies for p in b.posts], "give each post its own key"),
            ("people", [p.name for p in c.people], "tell them apart, or take one out"),
            ("letters", [letter.reference for letter in c.letters], "each letter has its own"),
            ("recommendations and commitments", asked + promises, "a reference is used once"),
            ("statements", said, "a reference is used once"),
            ("items", [item.ref for item in c.items], "a reference is used once"),
        ):
            for key in _repeated(keys):
                yield f"{section}: `{key}` stands there twice; {mend}."

    def _accounts(self) -> Iterator[str]:
        holder: dict[tuple[str, str], str] = {}
        for person in self.contents.people:
            for account in person.accounts:
                first = holder.setdefault((account.team, account.user), person.name)
                if first != person.name:
                    yield (
                        f"people: the account {account.user} of team {account.team} is both "
                        f"{first}'s and {person.name}'s; leave it with whose it is."
                    )

    def _body(self, body: BodyPart) -> Iterator[str]:
        where = f"bodies ({body.key})"
        if body.lead is not None:
            yield from self._person(where, body.lead)
        if body.became is not None and body.became not in self.bodies:
            yield _unknown(where, "body", body.became, self.bodies)
        yield from _overlaps(f"{where}, names", body.names)
        for post in body.posts:
            yield from _overlaps(f"{where}, posts ({post.key}), titles", post.titles)
            yield from _overlaps(f"{where}, posts ({post.key}), holders", post.holders)

    def _person(self, where: str, name: str) -> Iterator[str]:
        if folded(name) not in self.people:
            yield f"{where}: nobody called `{name}` is among `people`; add them or mend the name."

    def _roles_filled(self) -> Iterator[str]:
        held = {role.role for role in self.contents.roles}
        for role in (Role.SECRETARIAT, Role.CHAIR):
            if role not in held:
                yield f"roles: nobody is `{role}`; the group cannot work without, so add one."

    def _letter(self, letter: LetterPart) -> Iterator[str]:
        where = f"letters ({letter.reference})"
        for name in letter.addressees:
            yield from self._addressee(where, name, letter.date)
        for name in letter.signatories:
            yield from self._person(where, name)
        for promise in letter.commitments:
            yield from self._promise(f"{where}, commitments ({promise.ref})", promise, letter.date)

    def _addressee(self, where: str, name: str, on: date) -> Iterator[str]:
        post = self.posts.get(name)
        if post is None:
            if name == name.lower() and " " not in name:
                yield _unknown(where, "post", name, self.posts)
            return
        for what, spells in (("title", post.titles), ("holder", post.holders)):
            if not any(spell.holds(on) for spell in spells):
                yield f"{where}: the post `{name}` has no {what} on {long_date(on)}; add it."

    def _promise(self, where: str, promise: CommitmentPart, on: date) -> Iterator[str]:
        known = {one.ref for one in self.contents.recommendations}
        for ref in promise.recommendations:
            if ref not in known:
                yield _unknown(where, "recommendation", ref, known)
        earlier = {
            one.ref
            for letter in self.contents.letters
            if letter.date < on
            for one in letter.commitments
        }
        if promise.restates is not None and promise.restates not in earlier:
            yield (
                f"{where}: `{promise.restates}` is no promise of an earlier letter; "
                "`restates` names the first time it was promised."
            )

    def _item(self, item: ItemPart) -> Iterator[str]:
        where = f"items ({item.ref})"
        for name in (item.owner, *item.supporters):
            yield from self._person(where, name)
        for ref in item.answers:
            if ref not in self.answerable:
                yield _unknown(where, "recommendation or commitment", ref, self.answerable)
        known = {other.ref for other in self.contents.items}
        for ref in item.waits_on:
            if ref not in known:
                yield _unknown(where, "item", ref, known)
        if item.status == "unchanged":
            yield f"{where}: `unchanged` says nothing of where it stands; write its status."

    def _circles(self) -> Iterator[str]:
        waits = {item.ref: item.waits_on for item in self.contents.items}
        for start in waits:
            ahead, seen = list(waits[start]), set[str]()
            while ahead:
                ref = ahead.pop()
                if ref == start:
                    yield f"items ({start}): it waits on itself in the end; take one link out."
                    break
                if ref not in seen:
                    seen.add(ref)
                    ahead += waits.get(ref, ())


def _repeated(keys: Sequence[str]) -> list[str]:
    return [key for key, times in Counter(map(folded, keys)).items() if times > 1]


def _overlaps(where: str, spells: Iterable[Spell]) -> Iterator[str]:
    for one, other in combinations(spells, 2):
        first = max(one.from_on or date.min, other.from_on or date.min)
        last = min(one.until_on or date.max, other.until_on or date.max)
        if first <= last:
            day = last if first == date.min else first
            yield f"{where}: two of them hold on {long_date(day)}; end one before the other begins."


def _unknown(where: str, kind: str, name: str, known: Iterable[str]) -> str:
    held = ", ".join(sorted(known)) or "none"
    return f"{where}: there is no {kind} `{name}`; the file has {held}."
