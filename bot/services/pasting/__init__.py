"""Pasted lists: taken, checked in one form, and added to the register in one transaction."""
