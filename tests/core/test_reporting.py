"""What all rooms report alike."""

from dcat_hk.core.reporting import format_json


def test_json_is_readable_and_ends_its_line():
    """Text of other scripts is not escaped, and keys keep their order."""
    assert format_json({"b": "書", "a": []}) == '{\n  "b": "書",\n  "a": []\n}\n'
