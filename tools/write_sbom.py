"""
Writes the bill of materials of a release in CycloneDX: every package that dcat-hk needs to run, on any platform.

``python tools/write_sbom.py FILE``. The same sources give the same bytes: there is no clock in it, and its serial
number is made from its content.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

from locked_packages import LICENCES, OURSELVES, RUN_TIME, LockedPackage, read_locked, read_project

#: What the serial number is made in: a name of ours, so that nobody else makes the same one.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "dcat-hk.bill-of-materials")
ABOUT_FILES = "the files of this version that requirements/run-time.txt accepts, for all platforms"


def package_url(name: str, version: str) -> str:
    """
    Return the package URL of a version.

    Spec: Package URL, type pypi

    >>> package_url("click", "8.5.1")
    'pkg:pypi/click@8.5.1'
    """
    return f"pkg:pypi/{name}@{version}"


def licence_entry(expression: str) -> dict[str, Any]:
    """
    Return a licence as CycloneDX has it: one identifier, or an expression.

    Spec: CycloneDX 1.6 licenseChoice

    >>> licence_entry("MIT"), licence_entry("MIT OR ISC")
    ({'license': {'id': 'MIT'}}, {'expression': 'MIT OR ISC'})
    """
    return {"expression": expression} if " " in expression else {"license": {"id": expression}}


def describe(package: LockedPackage, expression: str) -> dict[str, Any]:
    """
    Return the component of a package.

    Spec: CycloneDX 1.6 component, externalReference

    The files stand in an external reference, since a version has many; its URL is the package's own, for where files
    are fetched from is the business of who fetches.
    """
    reference = package_url(package.name, package.version)
    component = {
        "type": "library",
        "bom-ref": reference,
        "name": package.name,
        "version": package.version,
        "licenses": [licence_entry(expression)],
        "purl": reference,
        "externalReferences": [
            {
                "type": "distribution",
                "url": reference,
                "comment": ABOUT_FILES,
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
            }
        ],
    }
    if package.marker:
        component["properties"] = [{"name": "dcat-hk:environment-marker", "value": package.marker}]
    return component


def write_bill(packages: list[LockedPackage], licences: dict[str, str], project: dict[str, Any]) -> str:
    """
    Return the bill of materials as JSON.

    Spec: CycloneDX 1.6 bom

    Args:
        packages: what is needed at run time.
        licences: the SPDX expression of each.
        project: the table [project] of pyproject.toml.

    Returns:
        The text, with a line break at its end.
    """
    own = package_url(OURSELVES, project["version"])
    references = {OURSELVES: own, **{one.name: package_url(one.name, one.version) for one in packages}}
    needs: dict[str, list[str]] = {reference: [] for reference in references.values()}
    for package in packages:
        for user in package.needed_by:
            needs[references[user]].append(references[package.name])
    root = {
        "type": "application",
        "bom-ref": own,
        "name": OURSELVES,
        "version": project["version"],
        "description": project["description"],
        "licenses": [licence_entry(project["license"])],
        "purl": own,
    }
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [describe(package, licences[package.name]) for package in packages],
        "dependencies": [{"ref": user, "dependsOn": sorted(used)} for user, used in sorted(needs.items())],
    }
    bill["serialNumber"] = uuid.uuid5(NAMESPACE, json.dumps(bill, sort_keys=True)).urn
    return json.dumps(bill, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """Write the bill of materials into the file that is named."""
    if len(sys.argv) != 2:
        print("usage: write_sbom.py FILE", file=sys.stderr)
        return 2
    target = Path(sys.argv[1])
    licences = tomllib.loads(LICENCES.read_text(encoding="utf-8"))["packages"]
    packages = read_locked(RUN_TIME.read_text(encoding="utf-8"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(write_bill(packages, licences, read_project()["project"]), encoding="utf-8")
    print(f"{target}: {len(packages)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
