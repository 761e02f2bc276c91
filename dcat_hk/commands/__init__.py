"""The command line: each command calls one function of another room and prints."""
