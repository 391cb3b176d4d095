"""The house: who may import whom, what is written down stays current, nothing speaks of registries or paths."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import analysis as wb
from analysis import schema

ROOT = Path(__file__).parents[1]
FLOORS = [
    {"errors", "evidence", "look", "vega"},
    {"fragment", "schema", "text"},
    {"changes", "files"},
    {"corrections", "lexicons"},
    {"articles"},
    {"tokens"},
    {"clauses", "features", "marks", "phrases"},
    {"reported"},
    {"speech"},
    {"dates", "words", "tone", "names", "encoder"},
    {"nearby", "overlooked", "people", "references"},
    {"links"},
    {"mentions"},
    {"actors"},
    {"counts"},
    {"comparisons", "quotes", "roles", "voices"},
    {"stance"},
    {"attribution", "ledger", "methods", "passages", "provenance", "summary"},
    {"canvas", "reader"},
    {"actor_charts", "charts", "comparison_charts", "place_charts", "stance_charts", "tables", "voice_charts"},
    {"annotations", "excerpts", "exporter", "runner", "still"},
    {"exports", "slides"},
    {"typeset"},
    {"report"},
    {"checkup", "stories", "verify"},
    {"__main__"},
]


def imports(module):
    tree = ast.parse((ROOT / "analysis" / f"{module}.py").read_text(encoding="utf-8"))
    return {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for name in ([node.module] if node.module else [alias.name for alias in node.names])
    }


def test_every_room_has_a_floor():
    assert {path.stem for path in (ROOT / "analysis").glob("*.py")} - {"__init__"} == set().union(*FLOORS)


@pytest.mark.parametrize("floor", range(len(FLOORS)))
def test_rooms_import_only_from_floors_below(floor):
    below = set().union(*FLOORS[:floor]) | {"__version__"}
    assert {module: imports(module) - below for module in FLOORS[floor]} == {module: set() for module in FLOORS[floor]}


def test_only_the_canvas_and_the_chart_rooms_know_altair():
    knowing = {
        path.stem
        for path in (ROOT / "analysis").glob("*.py")
        if re.search(r"^\s*(import|from) altair", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert knowing == {"canvas", "actor_charts", "charts", "comparison_charts", "place_charts", "stance_charts", "voice_charts"}


def test_every_public_function_has_a_verb_a_docstring_and_its_room():
    for name, room in wb.ROOMS.items():
        function = getattr(wb, name)
        assert function.__module__ == f"analysis.{room}"
        assert function.__doc__
        assert name.split("_")[0] in {"read", "split", "find", "count", "score", "compare", "draw", "describe", "enable", "show", "write"}, name


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match="It has: read_articles"):
        wb.read_article  # noqa: B018


def test_the_codebook_is_current():
    assert (ROOT / "CODEBOOK.md").read_text(encoding="utf-8") == schema.codebook()


def test_the_schema_describes_every_column_once():
    used = [column for name in schema.TABLES for column in schema.columns(name)]
    assert set(used) == set(schema.COLUMNS)
    assert set(schema.MAKERS) == set(schema.TABLES)


def test_accuracy_figures_in_the_documentation_are_those_of_the_data():
    documentation = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert [row.measure for row in wb.read_accuracy().itertuples() if f"{row.score:g}" not in documentation] == []


def wanted_by_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["dependencies"] + project["dependency-groups"]["dev"]


LOCKS = {
    "requirements.lock": wanted_by_the_project(),
    "training/requirements.lock": (ROOT / "training/requirements.in").read_text(encoding="utf-8").split(),
}


@pytest.mark.parametrize("path, wanted_lines", LOCKS.items(), ids=LOCKS)
def test_a_lock_file_pins_every_dependency_with_hashes_and_names_no_registry(path, wanted_lines):
    lock = (ROOT / path).read_text(encoding="utf-8")
    pinned = {}
    for block in re.split(r"\n(?=\S)", lock.strip()):
        name, version = re.match(r"([\w.-]+)==(\S+)", block).groups()
        assert "--hash=sha256:" in block, name
        pinned.setdefault(name.lower().replace("_", "-"), []).append(version)
    assert not re.search(r"https?:|index-url|find-links|file:", lock)
    for line in wanted_lines:
        wanted = Requirement(line)
        versions = pinned[wanted.name.lower().replace("_", "-")]
        assert all(Version(version) in wanted.specifier for version in versions), f"{line}: run make lock"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs_and_in_their_form(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    prose = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert prose[0].startswith("# ")
    assert any(text.startswith("## Which article is this?") for text in prose)
    assert any(text.startswith("## What this cannot tell you") for text in prose)
    assert max(len(cell["source"]) for cell in code) <= 15


def test_the_repository_holds_no_local_paths():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    local = re.compile(r"/(?:home|root|work|Users)/\w+")
    texts = [ROOT / name for name in listed.stdout.splitlines() if Path(name).suffix in {".py", ".md", ".toml", ".ipynb", ".csv", ".lock", ".j2", ""}]
    assert [path.name for path in texts if path.exists() and path != Path(__file__) and local.search(path.read_text(encoding="utf-8"))] == []
