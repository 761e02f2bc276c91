"""From files to an output folder: the only room that sees both reading and catalogue."""
