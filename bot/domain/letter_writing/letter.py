"""The whole letter from its facts: the same facts, the same letter."""

from __future__ import annotations

from bot.domain.deadlines import long_date
from bot.domain.facts import (
    AddresseeFact,
    ContactFact,
    FactSheet,
    GroupFact,
    ReportFact,
    SenderFact,
    SignatoryFact,
)
from bot.domain.letter_writing import opening, sections, words
from bot.domain.letter_writing.pen import Pen
from bot.domain.letters import Addressee, Letter, Signatory


def write(sheet: FactSheet, *, reference: str) -> Letter:
    """The letter to the sheet's audience, dated as the sheet is, marked while it is a draft."""
    pen = Pen(sheet)
    addressees = tuple(_addressee(said) for _fact, said in sheet.of(AddresseeFact))
    return Letter(
        sender=_sender(sheet),
        dated_on=sheet.dated_on,
        reference=reference,
        addressees=addressees,
        salutation=_salutation(addressees),
        heading=_heading(sheet),
        opening=opening.paragraphs(pen),
        sections=sections.written(pen),
        valediction="Yours sincerely",
        signatories=tuple(
            Signatory(name=said.name, lines=said.lines) for _fact, said in sheet.of(SignatoryFact)
        ),
        contact=_contact(sheet),
        sample=sheet.sample,
    )


def _addressee(said: AddresseeFact) -> Addressee:
    if said.name is None:
        return Addressee(name=said.title, lines=said.address, salutation="Chair")
    return Addressee(
        name=said.name, lines=(said.title, *said.address), salutation=said.salutation or said.name
    )


def _salutation(addressees: tuple[Addressee, ...]) -> str:
    names = list(dict.fromkeys(addressee.salutation for addressee in addressees))
    return f"Dear {words.listed(names)}" if names else "Dear colleague"


def _sender(sheet: FactSheet) -> str:
    found = sheet.one(SenderFact)
    if found is not None:
        return "\n".join(found[1].lines)
    group = sheet.one(GroupFact)
    return group[1].name if group else ""


def _contact(sheet: FactSheet) -> str:
    found = sheet.one(ContactFact)
    return f"Contact: {found[1].words}" if found else ""


def _heading(sheet: FactSheet) -> str:
    found, day = sheet.one(ReportFact), long_date(sheet.dated_on)
    if found is None:
        return f"Progress to {day}"
    title = found[1].title.partition(":")[0]
    return f"{title}: progress to {day}"
