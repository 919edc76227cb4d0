"""Spreadsheets dropped in Slack: asked for, read by a sweep, reported, taken in when confirmed."""
