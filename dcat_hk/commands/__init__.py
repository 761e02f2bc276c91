"""The command line: each command is one module, calls one function of another room and prints."""
