"""Provenance: which parts of a crash are code, proven from live objects; nothing here reads a disk or a clock."""
