"""Validate files with the reference implementation of SSSOM, and print how many mappings it finds in each."""

import json
import sys
from pathlib import Path

from sssom.parsers import parse_sssom_table
from sssom.validators import validate

found = {}
for name in sys.argv[1:]:
    mappings = parse_sssom_table(name)
    validate(mappings)
    found[Path(name).name] = [
        mappings.df.columns.tolist(),
        mappings.df.subject_id.tolist(),
        mappings.df.object_id.tolist(),
    ]
sys.stdout.write(json.dumps(found))
