"""A small program of an invented author, which handles what its users would not show to anybody, and crashes."""
