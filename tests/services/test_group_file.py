"""What a group file may say, and the sentence that each mistake in it gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.deadlines import Deadline, Kind
from bot.domain.errors import UserError
from bot.services import group_file
from tests.groups import TODAY, a_group_file, a_tree, the_sample

Tree = dict[str, Any]


def refused(tree: Tree) -> str:
    with pytest.raises(UserError) as caught:
        group_file.read(json.dumps(tree), name="group.json", today=TODAY)
    return str(caught.value)


def test_the_sample_holds_seven_recommendations_eight_promises_and_fourteen_items() -> None:
    contents = the_sample().contents

    assert contents.sample
    assert [asked.ref for asked in contents.recommendations] == [f"R-{n}" for n in range(1, 8)]
    assert [one.ref for one in contents.letters[0].commitments] == [f"C-{n}" for n in range(1, 9)]
    assert len(contents.letters[0].statements) >= 5
    assert len(contents.items) == 14


def test_every_promise_of_the_sample_is_answered_by_an_item() -> None:
    contents = the_sample().contents
    answered = {ref for item in contents.items for ref in item.answers}

    assert {one.ref for one in contents.letters[0].commitments} <= answered


def test_the_sample_has_one_firm_date_one_soft_one_and_one_to_be_asked_back() -> None:
    promised = the_sample().readings.promised

    assert promised["C-1"].kind is Kind.FIRM
    assert promised["C-1"].latest == date(2022, 8, 31)
    assert promised["C-3"].kind is Kind.SOFT
    assert (promised["C-3"].earliest, promised["C-3"].latest) == (
        date(2022, 6, 1),
        date(2022, 8, 31),
    )
    assert promised["C-5"].kind is Kind.OPEN
    assert promised["C-5"].latest is None
    assert promised["C-5"].question


def test_no_date_is_invented_for_the_five_promises_without_one() -> None:
    promised = the_sample().readings.promised

    for ref in ("C-2", "C-4", "C-6", "C-7", "C-8"):
        assert promised[ref].kind is Kind.NONE
        assert promised[ref].latest is None


def test_the_first_item_of_the_sample_is_due_on_the_promised_day() -> None:
    readings = the_sample().readings

    assert readings.due["A-01"].latest == date(2022, 8, 31)
    assert readings.raised_on["A-01"] == date(2022, 5, 10)


def test_yaml_and_json_say_the_same() -> None:
    text = "\n".join(f"{key}: {json.dumps(value)}" for key, value in a_tree().items())

    assert group_file.read(text, today=TODAY) == a_group_file()


def test_on_is_a_word_and_not_true() -> None:
    holidays = {"added": [{"on": "2022-09-19", "name": "State funeral", "nation": "wales"}]}
    file = group_file.read(
        json.dumps(a_tree())[:-1] + ', "calendar": {holidays: {added: [{on: 2022-09-19, '
        "name: State funeral, nation: wales}]}}}",
        today=TODAY,
    )

    assert file == a_group_file(calendar={"holidays": holidays})


def test_a_due_date_in_words_is_read_on_the_day_of_the_letter_it_answers() -> None:
    items = [dict(a_tree()["items"][0], due="end of July")]

    assert a_group_file(items=items).readings.due["A-01"].latest == date(2022, 7, 31)


def test_a_due_date_may_be_a_plain_date() -> None:
    text = json.dumps(a_tree()).replace('"due": "31 August 2022"', '"due": 2022-08-31')

    file = group_file.read(text, today=TODAY)

    assert file.readings.due["A-01"] == Deadline.on(date(2022, 8, 31))


def test_a_due_date_with_two_readings_is_refused_with_its_question() -> None:
    items = [dict(a_tree()["items"][0], due="by summer")]

    assert "items (A-01), due: " in (said := refused(a_tree(items=items)))
    assert "?" in said


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be read \(no such file or directory\): check"):
        group_file.read_path(tmp_path / "none.yaml", today=TODAY)


def test_a_file_that_is_not_text_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "group.yaml"
    path.write_bytes(b"\xff\xfe\x00group")

    with pytest.raises(UserError, match="not text in UTF-8: save it as UTF-8"):
        group_file.read_path(path, today=TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("group:\n  name: [Imaging\nbodies: x", "line 3, column 7"),
        ("group: 1\ngroup: 2", "line 2, column 1: `group` stands there twice"),
        ("group: !!python/name:os.system x", "line 1, column 8"),
        ("just words", "holds no group"),
        ("", "holds no group"),
        ("ends_on: 2022-02-31", "dates that do not exist"),
    ],
)
def test_bad_yaml_says_where(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        group_file.read(text, name="group.yaml", today=TODAY)

    assert str(caught.value).startswith("group.yaml")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def changed(path: str, value: Any) -> Tree:
    """A small file with the value at a dotted path changed, or taken out where it is None."""
    tree = a_tree()
    way: list[Any] = [int(step) if step.isdigit() else step for step in path.split(".")]
    last = way.pop()
    place: Any = tree
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    elif isinstance(place, list):
        place.insert(last, value)
    else:
        place[last] = value
    return tree


ACCOUNT = {"team": "T0HOME", "user": "USAM"}
LEADERLESS = [{"person": "Sam Okafor", "role": "secretariat", "from": "2022-05-10"}]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("colour", "red", "The file has a key that is not known, `colour`"),
        (
            "people.0.natoin",
            "wales",
            "people 1 (Sam Okafor) has a key that is not known, `natoin`: did you mean `nation`?",
        ),
        ("group.policy", {"digset": 1}, "group, policy has a key that is not known, `digset`"),
        ("people.2.body", None, "people 3 (Priya Nair) has no `body`: add it."),
        ("group.ends_on", "soon", "group, ends_on is not a date: write it as 2022-08-31."),
        ("group.name", "  ", "group, name: is empty: write something"),
        ("group.name", 7, "group, name must be text"),
        ("group.key", "Imaging Group", "group, key: must be small letters"),
        ("group.channel", "#imaging", "group, channel: must be the channel's id"),
        ("items.0.ref", "first", "items 1 (first), ref: must be capital letters"),
        ("people.0.nation", "france", "`france` is not known; write one of `england`"),
        ("people.0.working_days", ["Mon"], "must be a weekday in full"),
        ("people.0.working_days", [], "working_days: there must be at least one."),
        ("roles.0.role", "boss", "`boss` is not known; write one of `member`"),
        ("items.0.status", "fine", "`fine` is not known; write one of `not_started`"),
        ("items.0.status", "unchanged", "`unchanged` says nothing of where it stands"),
        ("roles.2.title", None, "a signatory needs the `title` to sign with"),
        ("roles.0.to", "2022-05-01", "ends on 1 May 2022, before it begins on 10 May 2022"),
        ("people.2.body", "rcgp", "people (Priya Nair): there is no body `rcgp`; the file has"),
        ("items.0.owner", "Pria Nair", "items (A-01): nobody called `Pria Nair` is among"),
        ("items.0.supporters", ["Nobody"], "nobody called `Nobody` is among `people`"),
        ("items.0.answers", ["C-9"], "there is no recommendation or commitment `C-9`"),
        ("items.0.waits_on", ["A-09"], "there is no item `A-09`; the file has A-01."),
        ("items.0.waits_on", ["A-01"], "it waits on itself in the end"),
        ("roles.0.person", "Nobody", "roles: nobody called `Nobody`"),
        ("roles", LEADERLESS, "roles: nobody is `chair`"),
        ("bodies.1.lead", "Nobody", "bodies (rcr): nobody called `Nobody`"),
        ("recommendations.0.to", ["nowhere"], "there is no body `nowhere`"),
        ("recommendations.0.confirmed_by", "Sam", "needs `confirmed_by` and `confirmed_on` both"),
        ("letters.0.addressees", ["hsc-chair"], "there is no post `hsc-chair`; the file has"),
        ("letters.0.signatories", ["Nobody"], "letters (IMAGING/01): nobody called `Nobody`"),
        ("letters.0.date", "2022-02-31", "letters 1 (IMAGING/01), date is not a date"),
        ("letters.0.commitments.0.restates", "C-1", "`C-1` is no promise of an earlier letter"),
        ("group.policy", {"audiences": {"phso": ["x"]}}, "audiences (phso): there is no post `x`"),
        ("group.policy", {"clearers": ["Nobody"]}, "policy, clearers: nobody called `Nobody`"),
        ("group.policy", {"weekly_cap": 0}, "group, policy, weekly_cap"),
        ("group.policy", {"digest": {"weekday": "Mon"}}, "must be a weekday in full"),
        ("group.policy", {"digest": {"hour": 24}}, "group, policy, digest, hour"),
        ("group.policy", {"digest": {"time": 9}}, "policy, digest has a key that is not known"),
        ("group.policy", {"ladder": []}, "group, policy, ladder: a ladder needs at least one rung"),
        (
            "people.3.accounts",
            [ACCOUNT],
            "the account USAM of team T0HOME is both Sam Okafor's and Peter Lowe's",
        ),
        ("people.4", {"name": "sam okafor", "body": "rcr"}, "people: `sam okafor` stands there"),
        ("items.1", {"ref": "A-01", "title": "x", "owner": "Priya Nair"}, "`a-01` stands there"),
    ],
)
def test_each_mistake_gets_one_sentence_that_says_where(path: str, value: Any, said: str) -> None:
    found = refused(changed(path, value))

    assert said in found
    assert found.startswith("group.json: ")


def test_two_names_of_a_body_may_not_hold_on_one_day() -> None:
    tree = a_tree()
    tree["bodies"][0]["names"] = [
        {"name": "NHS England and NHS Improvement", "short": "NHSEI", "until": "2022-07-01"},
        {"name": "NHS England", "short": "NHS England", "from": "2022-07-01"},
    ]

    assert "bodies (nhse), names: two of them hold on 1 July 2022" in refused(tree)


def test_an_addressee_needs_a_holder_on_the_day_of_the_letter() -> None:
    tree = a_tree()
    tree["bodies"][2]["posts"][0]["holders"][0]["from"] = "2022-06-01"

    assert "the post `pacac-chair` has no holder on 10 May 2022; add it." in refused(tree)


def test_personal_data_is_refused_by_its_kind_and_never_repeated() -> None:
    said = refused(changed("items.0.title", "Write to patient, NHS number 943 476 5919"))

    assert "items 1 (A-01), title: holds what looks like personal data (NHS number)" in said
    assert "943" not in said


def test_the_place_of_a_mistake_never_shows_personal_data_either() -> None:
    tree = changed("people.2.name", "NHS number 943 476 5919")
    tree["people"][2]["body"] = 7

    assert "943" not in refused(tree)


def test_ten_mistakes_are_told_and_the_rest_are_counted() -> None:
    items = [{"ref": "A-01", "title": f"t{n}", "owner": f"Nobody {n}"} for n in range(12)]

    lines = refused(a_tree(items=items)).splitlines()

    assert len(lines) == 11
    assert lines[-1] == "group.json: 3 more things do not fit."
