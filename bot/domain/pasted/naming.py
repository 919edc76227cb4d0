"""Names of people in pasted lines, against those whom the group knows; never a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.domain.pasted.values import Named, Reading
from bot.domain.people import Directory, Person, Role

_TITLES = r"(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|lord|lady|rt\s+hon)\.?\s+"
_TITLE = re.compile(_TITLES, re.I)
_BRACKET = re.compile(r"(?P<out>[^()\[\]]+?)\s*[(\[](?P<within>[^()\[\]]+)[)\]]")
_LEAD = re.compile(r"\s*[(\[]\s*lead\s*[)\]]|\s+\(?(?:to\s+)?lead\)?$", re.I)
_BETWEEN = re.compile(r"(\s+(?:and|&|\+)\s+|\s*[,;/&+]\s*(?:and\s+)?)", re.I)
_JOINS = re.compile(r"\s*[,/–—-]\s*|\s+(?:of|from|at|for)\s+(?:the\s+)?|\s+", re.I)
_INITIALS = re.compile(r"(?P<initials>(?:[^\W\d_]\.?\s?){1,3})\s+(?P<last>[^\W\d_][\w'’-]+)")
_SHORT_LAST = re.compile(r"(?P<first>[^\W\d_]{2,})\s+(?P<last>[A-Z])\.?")
_ALL = re.compile(r"(?:all|everyone|everybody|all\s+members|members|the\s+group|group)", re.I)
_NOBODY = re.compile(r"(?:tbc|tbd|tba|\?+|n/?a|none|[-–—]+|to\s+be\s+confirmed|unassigned)", re.I)
_LONGEST = 200
"""Longer words are no names, however they are written."""
_NAME_THEM = "One person answers for an action: named in the list, they need no question."
_ROLES = {
    "secretariat": Role.SECRETARIAT,
    "secretary": Role.SECRETARIAT,
    "sec": Role.SECRETARIAT,
    "chair": Role.CHAIR,
    "deputy chair": Role.DEPUTY_CHAIR,
    "vice chair": Role.DEPUTY_CHAIR,
    "sponsor": Role.SPONSOR,
}
_CAPITAL = r"[A-Z][\w'’.-]*"
_LIKE = re.compile(
    rf"(?:{_TITLES})?{_CAPITAL}(?:\s+(?:{_CAPITAL}|de|van|der|of)){{0,3}}(?:\s*\([^)]*\))?"
)


def names(words: str, reading: Reading, *, unknown: bool = False) -> tuple[Named, ...]:
    """The names that words consist of, each as one; none where anything else is in them.

    With `unknown`, words that look like a name count though nobody here has it.
    """
    if len(words) > _LONGEST:
        return ()
    pieces = _BETWEEN.split(words.strip(" .:;,"))
    found: list[Named] = []
    at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -2):
            one = name("".join(pieces[at:end]), reading)
            if one is not None:
                break
        else:
            end = at + 1
            one = stranger(pieces[at]) if unknown and looks_like_name(pieces[at]) else None
        if one is None:
            return ()
        found.append(one)
        at = end + 1
    return tuple(found)


def name(words: str, reading: Reading) -> Named | None:
    """Whom one name means or may mean; nothing where it is nobody's."""
    plain = " ".join(_LEAD.sub("", words).strip(" .:;,*_").split())
    if not plain:
        return None
    if plain != " ".join(words.strip(" .:;,*_").split()):
        led = name(plain, reading)
        return led and replace(led, words=f"{plain} (lead)")
    if _ALL.fullmatch(plain):
        return stranger(plain)
    directory = reading.directory
    if plain.startswith("@"):
        return _mention(plain, directory)
    bracket = _BRACKET.fullmatch(plain)
    if bracket:
        return _bracketed(plain, bracket["out"], bracket["within"], reading)
    if people := _people(plain, list(directory.people.values())):
        return _of(plain, people)
    return (
        _body_and_name(plain, reading)
        or _body_alone(plain, reading)
        or _role(plain, reading)
        or _likely(plain, directory)
    )


def stranger(words: str) -> Named:
    """A name that nobody here has, or that is no name."""
    plain = words.strip(" .:;,*_")
    if not plain or _NOBODY.fullmatch(plain):
        return nobody()
    if _ALL.fullmatch(plain):
        question = f"“{plain}” is everybody: choose the one who owns it."
        return Named(words=plain, question=question)
    return Named(words=plain, question=f"I know nobody called “{plain}”: choose who owns it.")


def nobody() -> Named:
    """No owner is named."""
    return Named(words="", question="No owner is named: choose one.")


def looks_like_name(words: str) -> bool:
    """Whether words are written like a person's or a body's name."""
    plain = words.strip(" .:;,*_")
    return _LIKE.fullmatch(plain) is not None or _ALL.fullmatch(plain) is not None


def _mention(words: str, directory: Directory) -> Named | None:
    handle = words.removeprefix("@")
    for person in directory.people.values():
        if any(account.user_id == handle for account in person.accounts):
            return Named(words=words, people=(person.id,))
    people = _people(handle, list(directory.people.values()))
    return _of(words, people) if people else stranger(words)


def _bracketed(words: str, out: str, within: str, reading: Reading) -> Named | None:
    """ "RCR (Priya Nair)", "Priya Nair (RCR)", "Priya (professional standards lead)"."""
    everybody = list(reading.directory.people.values())
    outside, inside = _body(out, reading), _body(within, reading)
    if inside is not None:
        theirs = _people(out, [p for p in everybody if p.body_id == inside])
        if theirs:
            return _of(words, theirs)
        found = name(out, reading)
        question = f"“{words}”: nobody of that name is of that body. Choose who owns it."
        return Named(words=words, people=found.people if found else (), question=question)
    if outside is not None:
        theirs = _people(within, [p for p in everybody if p.body_id == outside])
        return _of(words, theirs) if theirs else name(within, reading) or _body_alone(out, reading)
    found = name(out, reading)
    return (
        None if found is None else Named(words=words, people=found.people, question=found.question)
    )


def _people(words: str, among: list[Person]) -> list[Person]:
    """Those whose full name, first name, initials and surname, or title and surname this is."""
    bare = _TITLE.sub("", words, count=1) if _TITLE.match(words) else words
    wanted = _fold(bare)
    if whole := [p for p in among if _fold(_TITLE.sub("", p.name)) == wanted]:
        return whole
    if first := [p for p in among if _parts(p)[0] == wanted]:
        return first
    if bare != words and (last := [p for p in among if _parts(p)[-1] == wanted]):
        return last
    short = _SHORT_LAST.fullmatch(bare)
    if short and (
        found := [
            p
            for p in among
            if (_parts(p)[0], _parts(p)[-1][:1]) == (_fold(short["first"]), _fold(short["last"]))
        ]
    ):
        return found
    written = _INITIALS.fullmatch(bare)
    if not written:
        return []
    initials = _fold(written["initials"]).replace(" ", "")
    return [
        p
        for p in among
        if _parts(p)[-1] == _fold(written["last"])
        and "".join(part[0] for part in _parts(p)[:-1]).startswith(initials)
    ]


def _body_and_name(words: str, reading: Reading) -> Named | None:
    """ "RCR Priya Nair", "Priya, RCR", "Priya Nair of the RCR"."""
    everybody = list(reading.directory.people.values())
    for gap in _JOINS.finditer(words):
        first, second = words[: gap.start()], words[gap.end() :]
        for body_words, rest in ((first, second), (second, first)):
            body = _body(body_words, reading)
            if body is None:
                continue
            theirs = _people(rest, [p for p in everybody if p.body_id == body])
            if theirs:
                return _of(words, theirs)
    return None


def _body_alone(words: str, reading: Reading) -> Named | None:
    body = _body(words, reading)
    if body is None:
        return None
    directory = reading.directory
    lead = directory.people.get(directory.leads.get(body, 0))
    if lead is not None:
        question = f"“{words}” is a body: is it for {lead.name}, who leads there?"
        return Named(words=words, people=(lead.id,), question=question)
    theirs = tuple(p.id for p in directory.people.values() if p.body_id == body)
    if len(theirs) == 1:
        question = f"“{words}” is a body: is it for {directory.people[theirs[0]].name}?"
    else:
        question = f"“{words}” is a body with no lead here: choose who owns it."
    return Named(words=words, people=theirs, question=question)


def _role(words: str, reading: Reading) -> Named | None:
    role = _ROLES.get(_fold(words).removeprefix("the "))
    if role is None:
        return None
    held = tuple(dict.fromkeys(p.id for p in reading.directory.holders(role, reading.on)))
    names = [reading.directory.people[number].name for number in held]
    if not names:
        question = f"“{words}” is a role that nobody holds today: choose who owns it."
    elif len(names) == 1:
        question = f"“{words}” is a role: is it for {names[0]}, who holds it? {_NAME_THEM}"
    else:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        question = f"“{words}” is a role that {listed} hold: choose the one. {_NAME_THEM}"
    return Named(words=words, people=held, question=question)


def _likely(words: str, directory: Directory) -> Named | None:
    """A surname or initials alone: proposed where they fit, and asked."""
    wanted = _fold(words)
    everybody = directory.people.values()
    found = [p for p in everybody if _parts(p)[-1] == wanted and words[:1].isupper()]
    short = words.replace(".", "").replace(" ", "")
    if not found and 2 <= len(short) <= 3 and short.isupper():
        found = [p for p in everybody if "".join(x[0] for x in _parts(p)) == short.casefold()]
    if not found:
        return None
    if len(found) > 1:
        return _of(words, found)
    question = f"“{words}”: is that {found[0].name}?"
    return Named(words=words, people=(found[0].id,), question=question)


def _of(words: str, people: list[Person]) -> Named:
    if len(people) == 1:
        return Named(words=words, people=(people[0].id,))
    listed = " or ".join(p.label for p in people)
    question = f"“{words}” may be {listed}: choose one."
    return Named(words=words, people=tuple(p.id for p in people), question=question)


def _body(words: str, reading: Reading) -> int | None:
    wanted = _fold(words).removeprefix("the ")
    directory = reading.directory
    for one in reversed(directory.body_names):
        if wanted and wanted in {_fold(one.name), _fold(one.short)}:
            return one.body_id
    return directory.body_keys.get(wanted)


def _parts(person: Person) -> list[str]:
    return _fold(_TITLE.sub("", person.name)).split() or [""]


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in apart if not unicodedata.combining(c)).replace("’", "'")
    return " ".join(plain.replace(".", " ").split()).casefold()
