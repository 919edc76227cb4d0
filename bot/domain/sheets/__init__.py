"""A secretariat's spreadsheet: its cells, its register, and what it asks the register to become."""
