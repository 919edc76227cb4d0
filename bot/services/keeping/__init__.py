"""Keeping the register: what the secretariat adds to it, changes and records for others."""
