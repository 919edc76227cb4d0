"""The group's calendar, kept in Slack: meetings, recesses, bank holidays, and what they touch."""

from bot.services.calendars.sweeping import sweep

__all__ = ["sweep"]
