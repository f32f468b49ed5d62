"""Imports, as the C code and the frozen importer speak of them; the importer's frames are not in a traceback."""

ROWS = r"""
= ModuleNotFoundError: import run
No module named '{module}'
No module named '{module}'; '{module}' is not a package
import of {module} halted; None in sys.modules
= ImportError ModuleNotFoundError: import run
cannot import name '{name}' from '{module}' ({path})
cannot import name '{name}' from '{module}' (unknown location)
cannot import name '{name}' from partially initialized module '{module}' (most likely due to a circular import) ({path})
cannot import name '{name}' from partially initialized module '{module}' (most likely due to a circular import) (unknown location)
attempted relative import with no known parent package
attempted relative import beyond top-level package
bad magic number in '{module}': {value}
dynamic module does not define module export function ({value})
module {module} does not support loading in subinterpreters
DLL load failed while importing {module}: {value}
{file}: cannot open shared object file: {value}
{file}: undefined symbol: {value}
{file}: {invalid ELF header|file too short|wrong ELF class: ELFCLASS32|wrong ELF class: ELFCLASS64}
{path}: version {value} not found (required by {path})
No such {frozen|built-in} object named {module}
{module} is not a {frozen|built-in} module
Excluded frozen object named {module}
Frozen object named {module} is invalid
Frozen modules are disabled and the frozen object named {module} is not essential
missing loader
= TypeError: import run
Item in ``from list'' must be str, not {type}
module name must be str, not {type}
package must be a string
{__package__|__spec__.parent|__name__} must be a string
Item in {module}.{__all__|__dict__} must be str, not {type}
Key in {module}.__dict__ must be str, not {type}
level must be {wanted}
bad argument type for built-in operation
= ValueError: import run
{module}.__spec__ is {None|not set}
= ImportError: import
from-import-* object has no __dict__ and no __all__
= EOFError: import run
marshal data too short
EOF read where {object|not} expected
"""
