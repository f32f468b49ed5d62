"""Usage figures: sessions by subcommand and day.

Nothing heavy may be imported here: the end of every command of the app passes through this room.
"""
