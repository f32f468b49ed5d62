"""Errors the app raises itself."""
