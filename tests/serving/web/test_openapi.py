"""The description of the interface is true: whatever it allows is answered as it says."""

from __future__ import annotations

import json

import pytest
from support.web_servers import serving

schemathesis = pytest.importorskip("schemathesis")


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue with short queries."""
    folder = tmp_path_factory.mktemp("openapi")
    with serving(built[0], folder / "log", "--query-seconds", "1") as found:
        yield found


def described(server):
    """Return the description as a client reads it."""
    return schemathesis.openapi.from_dict(json.loads(server.ask("openapi.json").body))


def operations():
    """Return the operations by name, from the file, so that each is a test of its own."""
    from importlib.resources import files

    table = json.loads(files("dcat_hk.serving.web").joinpath("openapi.json").read_text(encoding="utf-8"))
    return [operation["operationId"] for path in table["paths"].values() for operation in path.values()]


@pytest.mark.parametrize("operation", operations())
def test_answers_are_as_described(server, operation):
    """No server error, no status, type or body that the description does not have."""
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    (found,) = [one.ok() for one in described(server).get_all_operations()
                if one.ok().definition.raw.get("operationId") == operation]  # fmt: skip

    @given(case=found.as_strategy())
    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
              phases=[Phase.explicit, Phase.generate], database=None)  # fmt: skip
    def run(case):
        # A schema cannot say which texts are SPARQL, or which forms there are: those may be refused.
        case.call_and_validate(
            base_url=server.address.rstrip("/"), allow_redirects=False, excluded_checks=[positive_data_acceptance]
        )

    run()
