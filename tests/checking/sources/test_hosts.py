"""Which hosts are on the public internet."""

import pytest

from dcat_hk.checking.sources.hosts import is_public, look_up

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1",
    "2002:7f00:1::", "0.0.0.1", "ff02::1", "198.18.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address):
    """Loopback, private, link-local, unique local, metadata, multicast and addresses that hold another."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_other_addresses_are(address):
    """What the world can reach is public."""
    assert is_public(address)


def test_numbers_in_any_writing_are_looked_up_as_what_they_are():
    """An IP address as one number, or in hexadecimal, hides nothing."""
    for host in ("2130706433", "0x7f000001", "127.1"):
        assert [endpoint[0] for endpoint in look_up(host, 80)] == ["127.0.0.1"]
