"""Envelopes waiting on disk, and their upload.

Bytes and callables are handed in; what is in an envelope is nobody's business here. ``dsn`` says where to, ``store``
keeps the files, ``limits`` remembers what the server asked for, ``http`` makes one bounded request, ``upload``
brings them together in a thread. The modules are cheap to import, since an app that said yes imports them at its
start: urllib3, threading and the rest come when there is something to send.
"""
