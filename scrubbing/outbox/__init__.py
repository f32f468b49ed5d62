"""Envelopes waiting on disk, and their upload.

Bytes and callables are handed in; what is in an envelope is nobody's business here. ``dsn`` says where to, ``store``
keeps the files, ``history`` what became of them, ``limits`` what the server asked for, ``http`` makes one bounded
request, ``sending`` settles one envelope by its answer, ``upload`` does so in a thread, ``memory`` without a file. The
modules are cheap to import, since an app that said yes imports them at its start: urllib3, threading and the rest come
when there is something to send.
"""
