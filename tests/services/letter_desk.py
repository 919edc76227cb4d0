"""One letter on its way from draft to sent, and who does what to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.drafts import StoredLetter, Version
from bot.domain.facts import FactSheet
from bot.domain.guard import guard
from bot.services import clearing, drafting, fact_sheets, finding_answers
from bot.services.intake import Arrival
from storage import letters
from storage.database import Database
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED

CLEARERS = ("UHELEN", "UMARGARET", "UDAVID")
LATER = DRAFTED + timedelta(hours=2)


@dataclass
class Desk:
    """One letter on its way, and who does what to it."""

    database: Database
    group: int
    keys: int = 0

    def drafted(self, audience: str = "committees") -> Version:
        """A new version, with what blocks it answered."""
        asked = self._arrival("USAM")
        drafting.ask(self.database, asked, audience=audience, now=DRAFTED)
        drafting.sweep(self.database, now=DRAFTED)
        version = self.latest(audience)
        if version.findings:
            self.answered(version)
        return version

    def answered(self, version: Version, who: str = "URUTH") -> None:
        """Somebody leaves what was found to stand, for a reason."""
        why = guard("The owner has been asked; the committees should hear now.")
        finding_answers.answer(
            self.database,
            self._arrival(who),
            version_id=version.id,
            sha=version.sha256[:12],
            reasons={finding.key: why for finding in version.findings},
            now=DRAFTED,
        )

    def latest(self, audience: str = "committees") -> Version:
        """The newest version of the letter that is being written."""
        with self.database.snapshot() as session:
            letter = letters.current(session, self.group, audience)
            found = letters.latest_version(session, letter.id) if letter else None
        assert found is not None
        return found

    def letter(self, version: Version) -> StoredLetter:
        """The letter of a version."""
        with self.database.snapshot() as session:
            return letters.look(session, version.letter_id)

    def submit(self, version: Version, who: str = "USAM") -> None:
        """Somebody presses Submit."""
        arrival = self._arrival(who)
        clearing.submit(
            self.database, arrival, version_id=version.id, sha=version.sha256[:12], now=DRAFTED
        )

    def clear(self, version: Version, who: str) -> None:
        """Somebody presses Clear."""
        arrival = self._arrival(who)
        clearing.clear(
            self.database, arrival, version_id=version.id, sha=version.sha256[:12], now=DRAFTED
        )

    def cleared(self, audience: str = "committees") -> Version:
        """A version that everybody has cleared."""
        version = self.drafted(audience)
        self.submit(version)
        for who in CLEARERS:
            self.clear(version, who)
        return version

    def sent(self, version: Version, who: str = "USAM", *, proceed: bool = False) -> None:
        """Somebody records that it went."""
        clearing.record_sent(
            self.database,
            self._arrival(who),
            version_id=version.id,
            sha=version.sha256,
            sent_on=LATER.date(),
            now=LATER,
            rehearsal=True,
            proceed=proceed,
        )

    def sheet(self, audience: str = "committees") -> FactSheet:
        """The facts once the letter has gone."""
        after = LATER + timedelta(days=1)
        with self.database.snapshot() as session:
            return fact_sheets.read(
                session,
                self.group,
                audience=audience,
                as_at=after,
                known_at=after,
                dated_on=after.date(),
            )

    def _arrival(self, who: str) -> Arrival:
        self.keys += 1
        return sample.arrival(who, f"press:{self.keys}")
