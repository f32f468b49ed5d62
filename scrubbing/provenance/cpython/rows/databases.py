"""`sqlite3`: its own messages and those of the library below it; names of tables and columns are values."""

ROWS = r"""
= IndexError: run
No item with that key
= OverflowError: run
Python int too large to convert to SQLite INTEGER
= TypeError: run
@-3.10 isolation_level must be a string or None, not {type}
@3.11+ isolation_level must be str or None
= ValueError: run
@-3.10 invalid value for isolation_level
@3.11+ isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'
@-3.10 parameters are of unsupported type
@-3.10 script argument must be unicode.
@-3.10 the query contains a null character
= sqlite3.DatabaseError: run
file is not a database
database disk image is malformed
malformed database schema ({value})
malformed database schema ({value}) - {value}
unable to open database file
not authorized
access to {value} is prohibited
database or disk is full
disk I/O error
= sqlite3.IntegrityError: run
CHECK constraint failed: {value}
FOREIGN KEY constraint failed
NOT NULL constraint failed: {value}
UNIQUE constraint failed: {value}
datatype mismatch
constraint failed
cannot store {value} value in {value} column {value}
= sqlite3.InterfaceError: run
@-3.10 Error binding parameter {int} - probably unsupported type.
bad parameter or other API misuse
@-3.10 Error binding parameter :{value} - probably unsupported type.
Cursor needed to be reset because of commit/rollback and can no longer be fetched from.
Error binding parameter {value}: type '{type}' is not supported
= sqlite3.OperationalError: run
misuse of aggregate: {value}
misuse of aggregate function {value}
Cannot add a {PRIMARY KEY|UNIQUE|NOT NULL|REFERENCES} column{| with default value NULL| with non-NULL default value}
cannot drop {PRIMARY KEY|UNIQUE} column: {value}
unable to open database: {value}
Expression tree is too large (maximum depth {int})
too many columns on {value}
too many columns in {value}
object name reserved for internal use: {value}
Error creating {function|aggregate|window function}
cannot open {value} column for writing
{value} {ORDER|GROUP} BY term out of range - should be between 1 and {int}
aggregate functions are not allowed in the GROUP BY clause
ambiguous column name: {value}
attempt to write a readonly database
cannot start a transaction within a transaction
duplicate column name: {value}
near {value}: syntax error
no such {column|table|function|index|view|trigger|savepoint|collation sequence|module|database|window}: {value}
sub-select returns {int} columns - expected {int}
{table|view|index|trigger} {value} already exists
table {value} has no column named {value}
table {value} has {int} columns but {int} values were supplied
unable to open database file
unrecognized token: {value}
wrong number of arguments to function {value}
database is locked
database table is locked
database table is locked: {value}
database schema is locked: {value}
database schema has changed
database or disk is full
disk I/O error
database disk image is malformed
out of memory
interrupted
incomplete input
too many SQL variables
table {value} may not be {dropped|altered|modified}
misuse of window function {value}
cannot {rollback|commit} - no transaction is active
cannot VACUUM from within a transaction
cannot VACUUM - SQL statements in progress
cannot open savepoint - SQL statements in progress
cannot modify {value} because it is a view
cannot drop column {value}: {value}
ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint
foreign key mismatch - {value} referencing {value}
parser stack overflow
row value misused
default value of column [{value}] is not constant
unknown database {value}
database {value} is already in use
unsupported file format
locking protocol
string or blob too big
LIKE or GLOB pattern too complex
integer overflow
malformed JSON
JSON cannot hold BLOB values
unsafe use of {value}
no tables specified
SELECTs to the left and right of {UNION|UNION ALL|EXCEPT|INTERSECT} do not have the same number of result columns
all VALUES must have the same number of terms
{int} values for {int} columns
IN(...) element has {int} terms - expected {int}
circular reference: {value}
user-defined {aggregate's '__init__'|aggregate's '__init__' method|aggregate's 'step'|aggregate's 'step' method|aggregate's 'finalize'|aggregate's 'finalize' method|aggregate's 'value' method|aggregate's 'inverse' method|function} {raised exception|raised error}
unable to close due to unfinalized statements or unfinished backups
Could not decode to UTF-8 column {value} with text {value}
too many attached databases - max {int}
no query solution
not authorized
access to {value} is prohibited
= sqlite3.ProgrammingError: run
can't adapt
Cannot operate on a closed cursor.
Cannot operate on a closed database.
@3.11+ Error binding parameter {int}: type '{type}' is not supported
Incorrect number of bindings supplied. The current statement uses {int}, and there are {int} supplied.
SQLite objects created in a thread can only be used in that same thread. The object was created in thread id {int} and this is thread id {int}.
@3.11+ You can only execute one statement at a time.
You did not supply a value for binding parameter {value}.
executemany() can only execute DML statements.
@3.11+ parameters are of unsupported type
@3.11+ the query contains a null character
Cannot operate on a closed blob.
Recursive use of cursors not allowed.
Base Connection.__init__ not called.
Base Cursor.__init__ not called.
bad parameter or other API misuse
type '{type}' is not supported
@3.11+ Error binding parameter {value}: type '{type}' is not supported
Binding {int} has no name, but you supplied a dictionary (which has only names).
= sqlite3.Warning: run
@-3.10 You can only execute one statement at a time.
= sqlite3.DataError: run
string or blob too big
query string is too large
string longer than INT_MAX bytes
BLOB longer than INT_MAX bytes
= sqlite3.NotSupportedError: run
deterministic=True requires SQLite {value} or higher
"""
