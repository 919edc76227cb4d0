"""When somebody works and where, when they are away, and who covers for them then."""
