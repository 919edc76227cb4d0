"""A finding that blocks is mended, or left to stand by a named person with a reason."""

from __future__ import annotations

import pytest

from bot.domain.drafts import Version
from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form
from bot.domain.guard import guard
from bot.domain.messages import Bullets, Button, Buttons, Message, plain
from bot.services import drafting, finding_answers
from storage import outbox
from storage.database import Database
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED
from tests.services.letter_desk import Desk

WHY = "The owner has been asked; the committees should hear now."


@pytest.fixture
def desk(database: Database) -> Desk:
    """The sample group in mid September, with a summer's slips."""
    group = sample.found(database)
    sample.a_summer(database, group)
    return Desk(database=database, group=group)


@pytest.fixture
def version(desk: Desk) -> Version:
    """A draft to the committees that checking found something in."""
    drafting.ask(desk.database, sample.arrival("USAM", "ask"), audience="committees", now=DRAFTED)
    drafting.sweep(desk.database, now=DRAFTED)
    found = desk.latest()
    assert any(finding.blocks for finding in found.findings)
    return found


def opened(desk: Desk, version: Version, who: str) -> Form:
    value: dict[str, object] = {"version": version.id, "sha": version.sha256[:12]}
    arrival = sample.arrival(who, f"open:{who}")
    return finding_answers.form(desk.database, arrival, value, now=DRAFTED)


def owed(desk: Desk, kind: str) -> list[Message]:
    with desk.database.transaction() as session:
        places = outbox.lease(session, token="t", now=DRAFTED, limit=200)
    return [place.message for place in places if place.key.startswith(kind)]


def actions(message: Message) -> list[str]:
    rows = [part for part in message.parts if isinstance(part, Buttons)]
    return [button.action for row in rows for button in row.buttons if isinstance(button, Button)]


def bulleted(message: Message) -> str:
    lists = [part for part in message.parts if isinstance(part, Bullets)]
    return "\n".join(plain(*entry) for part in lists for entry in part.entries)


def test_a_draft_that_is_blocked_comes_with_the_button_that_answers(
    desk: Desk, version: Version
) -> None:
    (cover,) = [m for m in owed(desk, f"draft:{version.id}:cover") if actions(m)]

    assert actions(cover) == ["letter.answer"]


def test_the_form_has_a_field_for_each_finding_with_how_to_mend_it(
    desk: Desk, version: Version
) -> None:
    form = opened(desk, version, "USAM")

    blocking = [finding for finding in version.findings if finding.blocks]
    assert [field.label for field in form.fields] == [finding.message for finding in blocking]
    assert all(
        finding.mending in (field.hint or "")
        for finding, field in zip(blocking, form.fields, strict=True)
    )


def test_an_owner_may_neither_open_the_form_nor_answer(desk: Desk, version: Version) -> None:
    with pytest.raises(UserError, match="by the secretariat or the chair"):
        opened(desk, version, "UPRIYA")
    with pytest.raises(UserError, match="by the secretariat or the chair"):
        desk.answered(version, "UPRIYA")


def test_once_all_are_answered_the_button_that_submits_comes_with_the_reasons(
    desk: Desk, version: Version
) -> None:
    desk.answered(version, "URUTH")

    (cover,) = owed(desk, f"letter:{version.id}:")
    assert actions(cover) == ["letter.submit"]
    assert f"Ruth Delaney: “{WHY}”" in bulleted(cover)
    with pytest.raises(UserError, match="Nothing keeps this version"):
        opened(desk, version, "URUTH")


def test_clearers_read_what_was_left_to_stand_and_by_whom(desk: Desk, version: Version) -> None:
    desk.answered(version, "URUTH")
    desk.submit(version)

    asked = [m for m in owed(desk, "wait:") if "letter.clear" in actions(m)]
    assert len(asked) == 3
    assert all(f"Ruth Delaney: “{WHY}”" in bulleted(message) for message in asked)


def test_a_form_without_a_reason_is_refused_under_its_first_field(
    desk: Desk, version: Version
) -> None:
    key = version.findings[0].key
    with pytest.raises(FieldError, match="at least one") as caught:
        finding_answers.answer(
            desk.database,
            sample.arrival("URUTH", "empty"),
            version_id=version.id,
            sha=version.sha256[:12],
            reasons={key: guard("")},
            now=DRAFTED,
        )
    assert caught.value.name == key
