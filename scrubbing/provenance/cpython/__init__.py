"""What Python itself raises: the messages of its built-in exceptions, of its own C code, and of the operating system.

A message that no line of code made has no template in any code object; these tables are its template. They hold only
where the instruction that failed is not a ``raise``. What leaves is made of a row's literals, of enumerated words, of
names the instruction itself uses, and of placeholders; the message is never copied from, it accepts or rejects.
"""

from scrubbing.provenance.cpython.messages import builtin_message
from scrubbing.provenance.cpython.system import os_message

__all__ = ["builtin_message", "os_message"]
