"""Pasted lists: taken from the secretariat alone, checked in a form, added once and all at once."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import Form, SeveralFieldsError
from bot.domain.guard import guard
from bot.domain.messages import Bullets, Message, plain
from bot.services import commands
from bot.services.pasting import checking
from bot.slack import render
from storage import founding
from storage.database import Database
from storage.rows import OutboxRow, RemarkRow
from tests.services.desks import NOW, FrontDesk, pressable, words_of
from tests.services.pasted_lists import (
    LIST,
    answers,
    confirms,
    field,
    filled,
    form_of,
    owed,
    pasted_by_sam,
    register,
)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group whose owners have been introduced."""
    found = FrontDesk(database)
    with database.transaction() as session:
        for first in ("Priya", "Leo"):
            founding.introduced(session, found.people[first], now=NOW)
    return found


def test_a_list_that_the_secretariat_pastes_waits_to_be_checked(desk: FrontDesk) -> None:
    pasted_by_sam(desk)

    said = words_of(desk.last_to("Sam", "wait:"))
    assert said.startswith("I read 4 actions in your list; 2 need you. Nothing is added yet.")
    assert "In 1 line I found no action: the form shows them." in said
    assert register(desk) == []
    assert desk.count(RemarkRow) == 0


def test_the_same_list_from_an_owner_is_an_ordinary_reply(desk: FrontDesk) -> None:
    key = desk.says_it(LIST, by="Priya")

    assert desk.waits("pasted") == []
    assert "list" not in words_of(desk.echo(key))


@pytest.mark.parametrize(
    "said",
    [
        "A-01 is on track\nA-02 needs until 30 September",
        "Protocol: on track, due 30 September\nAudit: we need until 14 October",
        "Priya Nair to publish the protocol by 30 September",
        "Thanks.\nI will look at it by Friday.",
    ],
)
def test_what_the_secretariat_says_of_its_own_items_is_no_list(desk: FrontDesk, said: str) -> None:
    desk.says_it(said, by="Sam")

    assert desk.waits("pasted") == []


def test_a_list_in_the_thread_of_our_message_is_an_answer_to_it(desk: FrontDesk) -> None:
    pasted_by_sam(desk)
    offer = desk.last_to("Sam", "wait:")

    desk.says_it(LIST, by="Sam", on=offer)

    assert len(desk.waits("pasted")) == 1


def test_the_form_shows_what_was_read_and_asks_what_was_not_clear(desk: FrontDesk) -> None:
    form = form_of(desk, pasted_by_sam(desk))

    assert form.private["lines"] == [2, 3, 4, 5]
    assert field(form, "title-2") == ("Publish the protocol", None)
    assert field(form, "owner-2") == (str(desk.people["Priya"]), None)
    assert field(form, "due-2") == (
        "by 30 September",
        "I read: due by Friday 30 September 2022.",
    )
    assert field(form, "owner-4") == (
        str(desk.people["Leo"]),
        "“RCR” is a body: is it for Leo Hart, who leads there?",
    )
    assert field(form, "owner-5") == (
        None,
        "I know nobody called “Jane Smith”: choose who owns it.",
    )
    which = next(f for f in form.fields if f.name == "which-5")
    assert which.label == "Those words name no date: by which day, please?"
    assert which.choices == ((checking.NO_DATE, "No date yet"),)
    unread = [plain(*entry) for p in form.intro if isinstance(p, Bullets) for entry in p.entries]
    assert unread == ["The group thanked everybody."]


def test_confirming_adds_all_of_it_and_each_owner_hears_once(desk: FrontDesk) -> None:
    form = form_of(desk, pasted_by_sam(desk))

    confirms(desk, form, filled(form, **answers(desk)))

    added = register(desk)
    assert [(i.ref, i.title) for i in added] == [
        ("A-03", "Publish the protocol"),
        ("A-04", "Write to the trusts"),
        ("A-05", "Review the audit template"),
        ("A-06", "Send the vendor's figures"),
    ]
    assert [i.due_on for i in added] == [
        date(2022, 9, 30),
        date(2022, 8, 26),
        date(2022, 10, 14),
        None,
    ]
    assert all(i.original_latest_on == i.due_on for i in added)
    for first, refs in (("Priya", ("A-03", "A-06")), ("Leo", ("A-04", "A-05"))):
        told = [m for m in owed(desk, first) if "Recorded for you by" in m]
        assert len(told) == 1
        assert all(ref in told[0] for ref in refs)
    assert desk.waits("pasted") == []
    assert len(desk.waits("acceptance")) == 4
    assert desk.actions().count("added") == 4


def test_the_same_form_sent_in_again_changes_nothing(desk: FrontDesk) -> None:
    form = form_of(desk, pasted_by_sam(desk))
    confirms(desk, form, filled(form, **answers(desk)))
    rows = desk.count(OutboxRow)

    with pytest.raises(UserError, match="settled before"):
        confirms(desk, form, filled(form, **answers(desk)))
    with pytest.raises(UserError, match="settled already"):
        form_of(desk, form.private["list"])

    assert len(register(desk)) == 4
    assert desk.count(OutboxRow) == rows


def test_what_cannot_be_taken_is_said_under_its_field_and_nothing_is_added(
    desk: FrontDesk,
) -> None:
    form = form_of(desk, pasted_by_sam(desk))
    entered = filled(form, title_2=" ", due_4="when it suits", which_3="0")

    with pytest.raises(SeveralFieldsError) as refused:
        confirms(desk, form, entered)

    assert set(refused.value.sentences) == {"title-2", "due-4", "owner-5", "which-5"}
    assert register(desk) == []
    assert len(desk.waits("pasted")) == 1


def test_what_is_unticked_is_left_out(desk: FrontDesk) -> None:
    form = form_of(desk, pasted_by_sam(desk))

    confirms(desk, form, filled(form, add_3="", add_4="", add_5=""))

    assert [i.title for i in register(desk)] == ["Publish the protocol"]
    assert desk.waits("pasted") == []


def test_an_item_that_is_there_already_is_pointed_out_and_unticked(desk: FrontDesk) -> None:
    once = "- Priya to check the figures by 30 September\n- Leo to write a note by 9 September"
    before = form_of(desk, pasted_by_sam(desk, once))
    confirms(desk, before, filled(before, add_2=""))
    twice = f"{once}\n- Leo to write a note, by 10 September"
    form = form_of(desk, pasted_by_sam(desk, twice))

    assert [field(form, f"add-{line}")[0] for line in (1, 2, 3)] == [None, "yes", None]
    assert str(field(form, "add-1")[1]).startswith("A-03 has this title and this owner already")
    assert str(field(form, "add-3")[1]).startswith("line 2 has this title and this owner already")


def test_a_long_list_comes_in_parts_and_nothing_of_it_is_lost(desk: FrontDesk) -> None:
    lines = [f"{n}. Leo to write note {n} by {n} September 2022" for n in range(1, 29)]
    list_id = pasted_by_sam(desk, "\n".join(lines))

    first = form_of(desk, list_id)
    confirms(desk, first, filled(first))
    more = pressable(desk.last_to("Sam", "echo:"))
    second = form_of(desk, list_id)
    confirms(desk, second, filled(second))

    assert len(first.private["lines"]) == 20
    assert [button.label for button in more] == ["Next"]
    assert [i.title for i in register(desk)] == [f"Write note {n}" for n in range(1, 29)]
    assert desk.waits("pasted") == []
    for form in (first, second):
        assert len(render.modal(form)["blocks"]) <= 100


def test_a_date_may_be_written_anew_in_words(desk: FrontDesk) -> None:
    form = form_of(desk, pasted_by_sam(desk))

    confirms(desk, form, filled(form, **answers(desk), due_2="mid-October", due_4=""))

    added = register(desk)
    assert (added[0].due.words, added[0].due_on) == ("mid-October", date(2022, 10, 17))
    assert added[2].due.words == ""


def test_supporters_are_named_and_can_be_left_out(desk: FrontDesk) -> None:
    text = "1. Leo and Priya to agree the scope by 9 September\n2. Leo to draft it by 16 September"
    form = form_of(desk, pasted_by_sam(desk, text))

    assert field(form, "with-1")[0] == str(desk.people["Priya"])
    confirms(desk, form, filled(form))

    history = desk.history(register(desk)[0].id)
    assert history.terms[-1].supporters == (desk.people["Priya"],)


def test_an_edited_list_is_read_anew_until_it_has_been_added(desk: FrontDesk) -> None:
    key = desk.says_it(LIST, by="Sam")
    longer = f"{LIST}\n5. Leo to book the room by 1 September"

    desk.says_it(longer, by="Sam", edits=key)

    (wait,) = desk.waits("pasted")
    form = form_of(desk, wait.subject_id)
    assert len(form.private["lines"]) == 5
    confirms(desk, form, filled(form, **answers(desk)))
    late = desk.says_it(LIST, by="Sam", edits=key)
    assert "your edit changes nothing" in words_of(desk.echo(late))
    assert len(register(desk)) == 5


def test_action_paste_takes_a_list_or_gives_the_form_to_paste_it_in(desk: FrontDesk) -> None:
    assert commands.is_command(f"action paste {LIST}")
    one_line = guard("action paste\n1. Leo to book the room by 1 September")

    form = commands.run(desk.database, desk.arrives("Sam"), guard("action paste"), now=desk.now)
    taken = commands.run(desk.database, desk.arrives("Sam"), one_line, now=desk.now)

    assert isinstance(form, Form)
    assert isinstance(taken, Message)
    assert form.callback == "pasted.list"
    assert len(desk.waits("pasted")) == 1


@pytest.mark.parametrize("words", ["action paste", "action paste 1. Leo to book it by Friday"])
def test_only_the_secretariat_pastes(desk: FrontDesk, words: str) -> None:
    with pytest.raises(UserError, match="Only the secretariat"):
        commands.run(desk.database, desk.arrives("Priya"), guard(words), now=desk.now)
    with pytest.raises(UserError, match="Only the secretariat"):
        form_of(desk, pasted_by_sam(desk), by="Priya")


def test_what_was_pasted_is_kept_once_where_it_can_be_expunged(desk: FrontDesk) -> None:
    pasted_by_sam(desk, LIST.replace("everybody", "zebracrossing"))

    assert "zebracrossing" not in str(desk.waits("pasted")[0].payload)
    assert not any("zebracrossing" in said or "protocol" in said for said in owed(desk, "Sam"))
