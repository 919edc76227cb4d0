"""Facts from the register: what was read by both clocks becomes numbered statements."""

from bot.domain.fact_making.register import Reading, Register
from bot.domain.fact_making.sheet import make

__all__ = ["Reading", "Register", "make"]
