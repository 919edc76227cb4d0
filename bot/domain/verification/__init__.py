"""The mechanical check of a letter against the facts it cites, whoever wrote it."""

from bot.domain.verification.checking import check
from bot.domain.verification.findings import Finding

__all__ = ["Finding", "check"]
