"""Which standard a service follows."""

import pytest

from dcat_hk.catalogue.mapping.protocols import find_protocol, load_protocols


@pytest.mark.parametrize("name", [one.name for one in load_protocols()])
def test_a_protocol_is_told_by_its_name_or_its_address(name):
    """Names stand alone or between other words; addresses have them as a parameter or as a part of the path."""
    assert find_protocol(f"OGC:{name}", "https://a.example/").name == name
    assert find_protocol("", f"https://a.example/ows?SERVICE={name}&version=2").name == name
    assert find_protocol("", f"https://a.example/geo/{name.lower()}/1").name == name


def test_other_services_have_no_protocol():
    """Letters inside a word are no name."""
    assert find_protocol("REST", "https://a.example/wmsnews") is None
    assert find_protocol("ESRI:ArcGIS", "https://a.example/rest/services/a/FeatureServer/0") is None
