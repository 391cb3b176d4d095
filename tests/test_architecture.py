"""The house: who may import whom, what is written down is current, no registries, no paths."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import analysis as wb
from analysis import schema
from analysis.find.status import BESIDE, GOVERNING
from analysis.lexicons import read_lexicon

ROOT = Path(__file__).parents[1]
WINGS = {
    "read": {"read", "lexicons"},
    "split": {"parse"},
    "find": {"find"},
    "count": {"measure"},
    "score": {"measure"},
    "compare": {"measure"},
    "describe": {"measure"},
    "select": {"measure"},
    "sample": {"measure"},
    "draw": {"show"},
    "show": {"show"},
    "enable": {"show"},
    "check": {"show"},
    "write": {"report"},
    "code": {"report"},
}
ROOMS = sorted((ROOT / "analysis").rglob("*.py"))


def test_wings_import_only_from_wings_above_them_and_without_circles():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


STREET = {
    "ground": ".",
    "read/": "read",
    "parse/": "parse",
    "find/": "find",
    "names/": "find/names",
    "speech/": "find/speech",
    "when/": "find/when",
    "measure/": "measure",
    "tone/": "measure/tone",
    "show/": "show",
    "charts/": "show/charts",
    "report/": "report",
    "commands/": "commands",
    "corpus/": "report/corpus",
}


@pytest.mark.parametrize("label, folder", STREET.items(), ids=STREET)
def test_the_picture_of_the_street_shows_the_rooms_that_are_there(label, folder):
    picture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    shown = re.search(rf"(?<![\w/]){label} +((?:\w+ )*\w+)(?:  |$)", picture, re.MULTILINE)[
        1
    ].split()
    rooms = {path.stem for path in (ROOT / "analysis" / folder).glob("*.py")}
    assert sorted(shown) == sorted(rooms - {"__init__", "__main__"})


def test_only_the_rooms_of_the_parse_know_spacy_and_only_figure_and_charts_know_altair():
    def knowing(package):
        line = re.compile(rf"^\s*(?:import|from) {package}\b", re.MULTILINE)
        rooms = [path for path in ROOMS if line.search(path.read_text(encoding="utf-8"))]
        return {path.relative_to(ROOT / "analysis").as_posix() for path in rooms}

    assert knowing("spacy") == {"parse/tokens.py", "parse/docs.py", "parse/word_kinds.py"}
    assert knowing("distributed") == {"engine.py"}
    assert knowing("onnxruntime") == {"models.py"}
    assert {room.rpartition("/")[0] for room in knowing("altair")} == {"show", "show/charts"}


def test_every_list_of_words_is_asked_for_by_its_name_and_no_other_is():
    listed = set(read_lexicon("word_lists")["list"])
    named, begun = set(), ("aims with ", "verbs with an addressee behind ")
    for path in (ROOT / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
            is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word_list"
            if is_call and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in listed, path.name
    assert {name for name in listed - named if not name.startswith(begun)} == set()
    for each in (*GOVERNING.values(), *BESIDE.values()):
        assert each in listed


def test_no_two_rooms_give_one_name_to_different_things():
    homes = {}
    for path in ROOMS:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            targets = [getattr(node, "name", None)] + [
                name.id
                for target in getattr(node, "targets", ())
                for name in ast.walk(target)
                if isinstance(name, ast.Name)
            ]
            for name in filter(None, targets):
                homes.setdefault(name, set()).add(path.name)
    shared = {name: sorted(rooms) for name, rooms in homes.items() if len(rooms) > 1}
    shared = {name: rooms for name, rooms in shared.items() if not name.startswith("__")}
    # `wb.check` is for participants, who type nothing else; `schema.check` is never named alone.
    assert shared == {"check": ["checks.py", "schema.py"]}


@pytest.mark.parametrize("name", sorted(set(wb.__all__) - {"schema"}))
def test_the_verb_of_a_public_function_names_its_wing(name):
    function = getattr(wb, name)
    assert function.__doc__
    assert function.__module__.split(".")[1] in WINGS[name.split("_")[0]]


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match="Did you mean 'read_articles'"):
        wb.read_article  # noqa: B018


def test_the_codebook_is_current():
    assert (ROOT / "CODEBOOK.md").read_text(encoding="utf-8") == schema.codebook()


def test_the_schema_describes_every_column_once():
    used = [column for name in schema.TABLES for column in schema.columns(name)]
    own = {column for table in schema.TABLES.values() for column in table.get("own", {})}
    assert set(used) - own <= set(schema.COLUMNS) <= set(used)


BENCHMARKS = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
# Row by row of the accuracy table: the task and the measure under which the benchmarks state it.
STATED = [
    ("sentences", "F1 of exact spans"),
    ("tokens", "F1 of exact spans"),
    ("lemma", "right"),
    ("part of speech", "right"),
    ("names", "F1 of exact spans of the right type"),
    ("actors", "F1, actors matched one to one (CEAF-m)"),
    ("actors", "mean error of an actor's count"),
    ("actors", "three most mentioned actors found"),
    ("roles", "right, of mentions found and linked rightly (292)"),
    ("quotations in marks", "F1, content at overlap 0.8"),
    ("quotations in marks", "F1, who said what at 0.8"),
    ("all quotations, indirect ones among them", "F1, who said what at 0.3"),
    ("dates", "value right"),
    ("dates", "found, in part or whole"),
    ("tone, VADER's label of the sentence for everybody in it", "macro-F1"),
    ("tone, VADER's label of the sentence for everybody in it", "macro-F1"),
    ("tone towards an actor, model", "macro-F1"),
    ("tone towards an actor, model", "macro-F1"),
    ("tone, lexicon near the mention", "macro-F1"),
    ("tone, lexicon near the mention", "macro-F1"),
    ("tone: calibration", "expected calibration error"),
    ("tone, coded by hand", "agreement, kappa"),
    ("tone: names exchanged", "mean absolute shift, scale -1 to 1"),
    ('acts without a doer: passives without "by"', "F1 of the verbs"),
    (
        "whom summaries name",
        "rank correlation of salience with how many of five name the actor, cross-validated",
    ),
    ("headline against body", "area under the curve, another name"),
    ("loaded words", "within passages of lexical bias"),
    (
        "conflicts planted: a figure changed in one sentence",
        "found, the sentence put into another outlet's article on the event",
    ),
    ("conflicts between articles as they are", "alarms an article"),
    ("sentences told by one alone", "without a counterpart there"),
    ("events and their dates", "dated, with the right days"),
    ("figures corrected by a coder", "95 % intervals that hold the truth, 40 of 150 coded"),
    (
        "groups compared by figures that a coder corrects",
        "95 % intervals that hold the true difference, 40 of 150 coded",
    ),
    ("places", "in the right country"),
]


def read_table(heading):
    """The rows of the table with this heading; an empty first cell is the one above."""
    rows = []
    _, _, table = BENCHMARKS.partition(f"\n| {heading} |")
    for line in table.split("\n\n")[0].splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        cells[0] = cells[0] or rows[-1][0]
        rows.append(cells)
    return rows


def test_accuracy_figures_in_the_documentation_are_those_of_the_data():
    figures = {}
    for task, _, measure, workbook, *_ in read_table("task"):
        in_bold = map(float, re.findall(r"\*\*([\d.]+)\*\*", workbook))
        figures.setdefault((task.split(": mentions")[0], measure), []).extend(in_bold)
    for row, place in zip(wb.read_accuracy().itertuples(), STATED, strict=True):
        assert figures[place].pop(0) == row.score, row.measure


def test_the_figures_of_news_are_those_of_the_table_by_genre():
    scores = wb.read_accuracy().set_index(["task", "measure"])["score"]
    of_news = scores[["sentences", "tokens", "actors"]].tolist()
    news = {genre: figures for genre, *figures in read_table("genre")}["news"]
    assert list(map(float, news)) == of_news


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FORMATS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
LOCKS = {
    "requirements.lock": [
        *PROJECT["project"]["dependencies"],
        *FORMATS["print"],
        *FORMATS["slides"],
        *GROUPS["build"],
    ],
    "requirements-dev.lock": GROUPS["dev"],
    "requirements-pip.lock": ["pip>=25"],
    "training/requirements.lock": (ROOT / "training/requirements.in")
    .read_text(encoding="utf-8")
    .split(),
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
        assert all(Version(version) in wanted.specifier for version in versions), (
            f"{line}: run make lock"
        )


def test_who_only_uses_the_workbook_gets_no_test_tools():
    def pinned(path):
        lock = (ROOT / path).read_text(encoding="utf-8")
        return dict(re.findall(r"^([\w.-]+)==([^;\\]+)", lock, re.MULTILINE))

    used, tools = pinned("requirements.lock"), pinned("requirements-dev.lock")
    wanted = {Requirement(line).name.lower() for line in GROUPS["dev"]}
    assert wanted.isdisjoint(used) and wanted <= set(tools)
    assert {name for name in set(used) & set(tools) if used[name] != tools[name]} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda path: path.stem
)
def test_notebooks_are_committed_without_outputs_and_in_their_form(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    prose = [
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"
    ]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert prose[0].startswith("# ")
    said = [*prose, *("".join(cell["source"]) for cell in code)]
    assert any(re.search("Which articles? (is this|are these)", text) for text in said)
    assert any(text.startswith("## What this cannot tell you") for text in prose)
    assert max(len(cell["source"]) for cell in code) <= 15


def test_the_repository_holds_no_local_paths():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    local = re.compile(r"/(?:home|root|work|Users)/\w+")
    texts = [
        ROOT / name
        for name in listed.stdout.splitlines()
        if Path(name).suffix in {".py", ".md", ".toml", ".ipynb", ".csv", ".lock", ".j2", ""}
    ]
    assert [
        path.name
        for path in texts
        if path.exists()
        and path != Path(__file__)
        and local.search(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.xdist_group("one process")
def test_tests_of_a_group_stay_in_one_process(request):
    is_grouped = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@one process") == is_grouped
