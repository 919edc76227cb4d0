"""Spreadsheets and csv files as people send them, read into rows of cells; nothing is run."""

from bot.documents.sheets_in.reading import LARGEST, read

__all__ = ["LARGEST", "read"]
