"""Opt-in crash reports that leave the user at home."""
