"""A spreadsheet dropped in the bot's direct conversation: reported, confirmed, taken in once."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.rehearsal import Person, buttons, words
from bot.services.intake import REFUSAL
from tests.conversations.conftest import (
    BOT,
    CHANNEL,
    NO_MEMBER,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)
from tests.conversations.dropping import LOG, answered, held, inbox, press, press_forged, report
from tests.documents.workbooks import HEAD, book, csv_of

ROW = ["A-91", "Train the readers", "Priya Nair", date(2026, 9, 30)]
MORE = ["A-92", "Audit the readers", "Priya Nair", date(2026, 10, 30)]
BAD = ["A-93", "Pay the readers", "Nobody Known", date(2026, 9, 30)]
NHS = "943 476 5919"
EVIDENCE = "I cannot keep files: paste a link to the document, and say which item it is for."


def test_a_dropped_workbook_is_reported_and_its_button_imports_it_once(bot: Running) -> None:
    bot.begin()
    sam: Person = bot.person(SECRETARY)
    sam.drop((LOG, book(HEAD, ROW, MORE)), text="here is the log, as promised")
    bot.slack.settle()
    assert held(bot, "A-91") == [None]

    said = inbox(bot)
    assert said[-2].startswith(f"I am reading {LOG}: the report comes here in a minute.")
    assert "I took your words as being about the file." in said[-2]
    assert f"{LOG}: 2 rows: 2 added, 0 changed, 0 unchanged, 0 refused." in said[-1]
    assert "row 2: added: A-91 “Train the readers”, Priya Nair, 30 September 2026." in said[-1]
    assert held(bot, "A-91") == [None]
    shown = report(bot)
    assert [b["text"]["text"] for b in buttons(shown)] == ["Import these 2 actions"]

    value = buttons(shown)[0]["value"]
    (result,) = press(bot)
    assert f"Imported from {LOG}: 2 added, 0 changed." in result
    assert "A-91 Train the readers: not started, due 30 September 2026" in result.replace(
        "Wednesday ", ""
    )
    assert held(bot, "A-91", "A-92") == ["Train the readers", "Audit the readers"]
    told = [text for text in inbox(bot, OUTSIDE_OWNER) if "Train the readers" in text]
    assert len(told) == 1
    assert "Audit the readers" in told[0]
    again = bot.slack.workspace.message(shown.channel, shown.ts)
    assert buttons(again) == []
    assert "Importing it" in words(again)
    press_forged(bot, value)
    assert inbox(bot)[-1] == "That file has been dealt with: my last message about it says how."
    assert [text for text in inbox(bot, OUTSIDE_OWNER) if "Train the readers" in text] == told


def test_where_a_row_is_refused_there_is_no_button_and_nothing_is_written(bot: Running) -> None:
    many = [[f"A-{n}", f"Work {n}", "Priya Nair", date(2026, 9, 30)] for n in range(100, 130)]
    _, said, _file = answered(bot, (LOG, book(HEAD, *many, BAD)))

    assert "31 rows: 30 added, 0 changed, 0 unchanged, 1 refused." in said
    assert "row 32: refused: “Nobody Known” is nobody on the register" in said
    assert "row 2" not in said
    assert "Nothing is written while a row is refused: mend those rows" in said
    assert all(not buttons(m) for m in bot.person(SECRETARY).inbox()[-2:])
    assert held(bot, "A-100") == [None]
    (attached,) = bot.person(SECRETARY).inbox()[-1].files
    whole = bot.slack.workspace.files[attached].content or b""
    assert whole.decode().count("row 32: refused: “Nobody Known”") == 2
    assert "row 2: added: A-100 “Work 100”" in whole.decode()


def test_two_files_in_one_message_are_read_in_their_order_and_the_rest_is_explained(
    bot: Running,
) -> None:
    csv = csv_of(HEAD, ["A-92", "Audit the readers", "Priya Nair", "30 October 2026"]).encode()
    first, *reports = answered(
        bot,
        (LOG, book(HEAD, ROW)),
        ("plan.pdf", b"%PDF"),
        ("more.csv", csv),
        ("old.xls", b"x"),
        ("large.csv", b"x" * (5 * 2**20 + 1)),
    )

    assert first.startswith(f"I am reading {LOG}, then more.csv: a report on each comes here")
    assert "I cannot keep files: paste a link to the document" in first
    assert "I cannot read “old.xls”, as it was saved" in first
    assert "“large.csv” is larger than 5 MB" in first
    assert [text.split(":")[0] for text in reports] == [LOG, "more.csv"]


def test_what_is_no_register_is_answered_with_what_to_do(bot: Running) -> None:
    _, *said = answered(
        bot,
        ("a.xlsx", b"PK\x03\x04 damaged"),
        ("b.csv", b"%PDF-1.7"),
        ("c.csv", b"a,b\r\n1,2\r\n"),
    )

    assert said[0].startswith("a.xlsx: The workbook is damaged")
    assert said[1].startswith("b.csv: This is a PDF: send the spreadsheet")
    assert said[2].startswith("c.csv: No sheet has an action column")
    assert all(text.endswith("Nothing has been written.") for text in said)


def test_nobody_else_s_files_are_read(bot: Running) -> None:
    bot.begin()
    sheet = (LOG, book(HEAD, ROW))

    only = "Only the secretariat imports a spreadsheet: send it to them."
    (owner,) = answered(bot, sheet, by=OWNER)
    assert owner.startswith(only)
    done, said = sorted(answered(bot, sheet, by=OUTSIDE_OWNER, text="A-01 is on track"), key=len)
    assert "A-01" in said
    assert done == EVIDENCE
    (pdf,) = answered(bot, ("plan.pdf", b"%PDF"), by=OWNER)
    assert pdf == EVIDENCE
    assert answered(bot, sheet, by=NO_MEMBER) == [REFUSAL]
    sam = bot.person(SECRETARY)
    sam.upload(CHANNEL, *sheet, f"<@{BOT}>")
    bot.settle()
    assert "by dropping it in our direct messages" in words(sam.ephemerals()[-1])
    assert wishes(bot) == 0


def wishes(bot: Running) -> int:
    with bot.database.engine.connect() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM sheet_wish")).scalar() or 0)


def test_words_beside_a_file_that_name_an_item_or_ask_something_are_taken(bot: Running) -> None:
    said = answered(bot, (LOG, book(HEAD, ROW)), text="A-04 is on track")
    assert any("A-04" in text and "on track" in text for text in said)
    assert not any("I took your words" in text for text in said)
    assert any("open" in text for text in answered(bot, (LOG, book(HEAD, ROW)), text="status"))


def test_an_edit_of_the_words_beside_a_file_is_taken_where_it_is_about_an_item(
    bot: Running,
) -> None:
    sam = bot.person(SECRETARY)
    message = sam.drop((LOG, book(HEAD, ROW)), text="here is the lgo")
    known = len(inbox(bot))
    sam.edit(message, "here is the log")
    assert inbox(bot, SECRETARY, known) == []
    sam.edit(message, "here is the log, and A-04 is on track")
    assert "A-04" in inbox(bot, SECRETARY, known)[0]


def test_a_file_dropped_while_nobody_listened_is_read_on_return(bot: Running) -> None:
    sam = bot.person(SECRETARY)
    sam.tell("help")
    bot.settle()
    bot.stop()
    sam.drop((LOG, book(HEAD, ROW)), wait=False)
    bot.slack.advance(minutes=1)
    bot.start()

    assert [text for text in inbox(bot) if text.startswith(f"{LOG}: 1 row: 1 added")]


def test_a_file_of_another_organisation_is_known_only_once_it_is_read(bot: Running) -> None:
    bot.begin()
    with bot.database.transaction() as session:
        session.connection().execute(
            sa.text(
                "UPDATE role SET person_id = (SELECT person_id FROM account WHERE user_id = :user) "
                "WHERE role = 'secretariat' AND person_id = (SELECT person_id FROM account WHERE "
                "user_id = :sam)"
            ),
            {"user": OUTSIDE_OWNER, "sam": SECRETARY},
        )

    bot.settle()
    first, then = answered(bot, (LOG, book(HEAD, MORE)), by=OUTSIDE_OWNER)
    assert first.startswith("I am reading your file: the report comes here")
    assert f"{LOG}: 1 row: 1 added" in then
    assert answered(bot, ("plan.pdf", b"%PDF"), by=OUTSIDE_OWNER)[-1].startswith(
        "Your file: It is no spreadsheet that I can read"
    )
    assert answered(bot, ("big.csv", b"x" * (5 * 2**20 + 1)), by=OUTSIDE_OWNER)[-1].startswith(
        "Your file: It is larger than 5 MB"
    )


def test_a_file_that_is_gone_or_may_not_be_read_is_asked_for_again(bot: Running) -> None:
    sam, sheet = bot.person(SECRETARY), (LOG, book(HEAD, ROW))
    sam.take_away(sam.drop(sheet))
    assert inbox(bot)[-1].startswith(f"{LOG}: It is not in Slack any more: drop it here again.")

    app = bot.slack.workspace.app
    bot.slack.workspace.configure(scopes=app.scopes - {"files:read"})
    _, why = answered(bot, sheet)
    assert why.startswith(f"{LOG}: I may not read files here: I lack the permission files:read.")


def test_another_file_behind_the_button_is_not_imported(bot: Running) -> None:
    sam = bot.person(SECRETARY)
    row = ["A-92", "Audit the readers", "Priya Nair", "30 October 2026"]
    message = sam.drop(("more.csv", csv_of(HEAD, row).encode()))
    bot.settle()
    row[1] = "Audit all of them"
    sam.revise(message, csv_of(HEAD, row).encode())

    (again,) = press(bot)
    assert again.startswith("That is not the file that I reported on")
    assert held(bot, "A-92") == [None]
    (result,) = press(bot)
    assert "1 added" in result
    assert held(bot, "A-92") == ["Audit all of them"]


def test_a_register_that_changed_meanwhile_brings_a_new_report(bot: Running) -> None:
    first, second = (LOG, book(HEAD, ROW)), ("both.xlsx", book(HEAD, ROW, MORE))
    answered(bot, first)
    old = report(bot)
    answered(bot, second)
    press(bot)

    sam = bot.person(SECRETARY)
    known = len(sam.inbox())
    assert sam.press(old, "sheet.import") == ""
    (again,) = inbox(bot, SECRETARY, known)
    assert again.startswith("The register has changed since I reported on that file.")
    assert "0 added, 0 changed, 1 unchanged" in again
    assert "there is nothing to import" in again


def test_a_patient_s_number_in_the_file_is_kept_and_told_nowhere(bot: Running) -> None:
    head = [*HEAD, "Update", f"A column of {'x' * 22} {NHS}"]
    noted = [None, f"Total of {'x' * 42} {NHS}", None, None, None, None]
    rows: list[list[Any]] = [[*ROW, f"Seen with {NHS}", "x"], noted]
    bad: list[list[Any]] = [[*BAD[:2], f"Pat {NHS}", BAD[3], "", ""] for _ in range(20)]
    for content in (rows, rows + bad):
        answered(bot, (f"{NHS}.xlsx", book(head, *content, title=f"Actions {NHS}")))

    with bot.database.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        kept = [str(connection.execute(sa.text(f"SELECT * FROM {n}")).all()) for n in names]
    shown = [f"{m.text} {words(m)}" for m in bot.person(SECRETARY).inbox()]
    files = [f for f in bot.slack.workspace.files.values() if f.user == BOT]
    shown += [f"{file.title} {(file.content or b'').decode()}" for file in files]
    assert len(files) == 1
    found = [t for t in (*kept, *shown) if NHS[:7].replace(" ", "") in t.replace(" ", "")]
    assert found == []
    assert sum("[NHS number removed]" in text for text in shown) > 3


def test_in_a_pause_the_secretariat_has_its_report_and_owners_hear_afterwards(
    bot: Running,
) -> None:
    bot.begin()
    sam = bot.person(SECRETARY)
    sam.command("/followthrough", "pause an election")
    answered(bot, (LOG, book(HEAD, ROW)))
    (result,) = press(bot)

    assert "1 added" in result
    assert not any("Train the readers" in text for text in inbox(bot, OUTSIDE_OWNER))
    sam.command("/followthrough", "resume")
    bot.settle()
    assert any("Train the readers" in text for text in inbox(bot, OUTSIDE_OWNER))
