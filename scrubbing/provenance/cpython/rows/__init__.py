"""The rows, by subject: each module has one text, ``ROWS``; how it is written is said in ``..table``."""
