"""Errors of packages the app uses."""
