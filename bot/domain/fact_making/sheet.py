"""The fact sheet: everything in one order, numbered from one."""

from __future__ import annotations

import itertools

from bot.domain.fact_making import items, parties, promises
from bot.domain.fact_making.register import Reading, Register
from bot.domain.facts import Fact, FactSheet


def make(register: Register, reading: Reading) -> FactSheet:
    """The facts of a register for one audience; the same register and reading, the same bytes."""
    group = register.directory.group
    every = itertools.chain(
        parties.facts(register, reading),
        promises.facts(register, reading),
        items.facts(register, reading),
    )
    return FactSheet(
        group=group.key,
        audience=reading.audience,
        sample=group.sample,
        as_at=reading.as_at,
        known_at=reading.known_at,
        dated_on=reading.dated_on,
        facts=tuple(
            Fact(number=number, ref=ref, said=said, sources=sources, publish=publish)
            for number, (ref, said, sources, publish) in enumerate(every, 1)
        ),
    )
