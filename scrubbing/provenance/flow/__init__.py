"""Where data in a function comes from, read from its bytecode; nothing is executed, no run-time value is looked at."""
