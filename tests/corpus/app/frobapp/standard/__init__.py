"""Errors the standard library raises, made as apps make them."""
