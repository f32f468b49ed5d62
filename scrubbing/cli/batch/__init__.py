"""``scrubbing scrub``: events and plain text, from files or standard input, by the rules of a policy.

``arguments`` reads the command line, ``sources`` gives the input in pieces of whole lines, ``formats`` says what it is,
``work`` scrubs a piece in whichever process, ``cores`` keeps the pieces in order over many processes, ``targets``
puts the output in its place in one step, ``bar`` shows how far it is. ``verb`` ties them together.

What holds throughout: memory is bounded whatever the input; what cannot be scrubbed is kept out, and said with its
file and line but never with its content; an output file is the old one or all of the new one.
"""
