"""What the workbook needs may be used beside MIT code, and what it holds says whence it comes."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

# As packages state them: SPDX identifiers, the names of classifiers, and what else is written.
ACCEPTED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC"),
    *("MIT", "MIT-0", "PSF-2.0", "Zlib"),
    *("Apache Software License", "BSD License", "ISC License (ISCL)", "MIT License"),
    "Python Software Foundation License",
    *("3-Clause BSD License", "Apache 2.0", "Apache License, Version 2.0", "BSD", "MIT-CMU"),
}

# Package: its licence, and why it is required all the same. Each asks something of those who change
# the package itself, nothing of those who import it.
EXCEPTIONS = {
    "nameparser": (
        "LGPL-2.1-or-later",
        "imported as it is, and can be replaced by another version",
    ),
    "tqdm": ("MPL-2.0 AND MIT", "imported unchanged"),
    "tld": ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "by trafilatura; MPL is chosen"),
    "certifi": ("Mozilla Public License 2.0 (MPL 2.0)", "certificates, by JupyterLab; unchanged"),
    "fqdn": ("MPL-2.0", "by JupyterLab; unchanged"),
}


def named(package):
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def required(requirements, extras=("",)):
    """The packages, optional parts among them, that these requirements ask for here."""
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield named(requirement.name), tuple(sorted(requirement.extras))


def installed(requirements):
    """{package: its metadata} for all that these requirements bring along."""
    found, waiting = {}, list(required(requirements))
    seen = set()
    while waiting:
        package, extras = wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        brought = distribution(package)
        found[package] = brought.metadata
        waiting += required(brought.requires or (), ("", *extras))
    return found


def licence(metadata):
    """What a package says of its licence, the clearest of three statements; "" for none."""
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classifiers = metadata.get_all("Classifier") or []
    names = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ")]
    names = [name for name in names if name != "OSI Approved"]
    said = (metadata.get("License") or "").strip()
    return " AND ".join(names) or said.partition("\n")[0]


def accepted(told):
    """Whether the statement allows a choice of which every part is accepted."""
    choices = [choice.split(" AND ") for choice in told.split(" OR ")]
    return any(ACCEPTED.issuperset(choice) for choice in choices)


def not_accepted(requirements):
    """{package: licence} of all that these requirements bring along under another licence."""
    told = {package: licence(metadata) for package, metadata in installed(requirements).items()}
    return {package: said for package, said in told.items() if not accepted(said)}


def test_what_is_required_is_accepted_or_named_with_a_reason():
    expected = {package: said for package, (said, _) in EXCEPTIONS.items()}
    assert not_accepted(PROJECT["dependencies"]) == expected


@pytest.mark.parametrize("extra", EXTRAS)
def test_no_extra_asks_for_another_licence(extra):
    assert not not_accepted(EXTRAS[extra]).keys() - EXCEPTIONS


@pytest.mark.parametrize("told", ["MIT", "MIT AND BSD-3-Clause", "GPL-3.0-only OR MIT"])
def test_a_permissive_choice_is_accepted(told):
    assert accepted(told)


@pytest.mark.parametrize("told", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", ""])
def test_copyleft_and_silence_are_not_accepted(told):
    assert not accepted(told)


def test_every_file_of_data_states_its_source_and_licence():
    stated = {}
    for row in (ROOT / "data" / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) == 5 and cells[1].startswith("`"):
            stated |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[1]), cells[3])
    here = {path.name + "/" * path.is_dir() for path in (ROOT / "data").iterdir()} - {"README.md"}
    assert here == stated.keys()
    assert all(stated.values())


def test_the_readme_names_what_is_not_permissive():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [package for package in [*EXCEPTIONS, "pandoc"] if package not in readme] == []
