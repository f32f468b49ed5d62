"""An app that fails: each function taking ``v`` is given values of its user and raises an error."""
