"""What a notebook says of a cell that fails, in a real IPython in this process."""

import json
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

import analysis as wb
from analysis.lexicons import resource
from analysis.show.mishaps import find_made, read_made


@pytest.fixture
def shell(monkeypatch, tmp_path):
    """A notebook's shell, with the setup cell run; what it shows is gathered in `shown`."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.delenv("WORKBOOK_TRACEBACK", raising=False)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.shown = []
    shell._showtraceback = lambda kind, error, lines: shell.shown.append("\n".join(lines))
    shell.run_cell("import analysis as wb")
    yield shell
    InteractiveShell.clear_instance()


def fail(shell, cell):
    """What is shown of a cell, which fails."""
    done = shell.run_cell(cell, store_history=True)
    assert done.error_in_exec is not None
    return re.sub(r"\x1b\[[\d;]*m", "", shell.shown.pop())


def test_a_missing_name_names_its_cell_and_the_lines_to_copy(shell):
    shell.run_cell("page = wb.enable_charts()\narticles = tokens = 1")
    shell.run_cell("wb.draw_accuracy('roles')", store_history=True)
    said = fail(shell, "x = 1\nwb.draw_comentions(pairs)")
    assert said.startswith("NameError in line 2 of the cell, `wb.draw_comentions(pairs)`: `pairs`")
    assert "notebook 03-actors the cell below “Who stands beside whom?” makes it" in said
    assert said.endswith(
        "speech = wb.find_speech(articles, tokens)\n"
        "mentions = wb.find_mentions(articles, tokens, speech)\n"
        "pairs = wb.count_comentions(mentions)"
    )


def test_a_missing_answer_names_no_cell_for_that_would_be_the_solution(shell):
    shell.run_cell("page = wb.enable_charts()")
    said = fail(shell, 'wb.check("lesson-1.4", answer_1_4)')
    assert "`answer_1_4` is not there yet. It is your answer: run the cell above" in said
    made = {name for each in read_made() for name in each.makes}
    assert not [name for name in made if name.startswith(("answer_", "prediction_"))]


def test_of_several_notebooks_that_make_a_name_the_one_is_named_that_was_run():
    ran = [each.cell for each in read_made() if each.notebook == "04-quotes"]
    assert {each.notebook for each in find_made("mentions", {"In": ran})} == {"04-quotes"}


def test_a_typo_in_a_name_and_a_forgotten_wb_are_told(shell):
    shell.run_cell("page = wb.enable_charts()\narticle_texts = 1")
    assert "Did you mean `article_texts`?" in fail(shell, "artcle_texts")
    assert "Write `wb.count_words`." in fail(shell, "count_words(1)")
    assert "Did you mean 'count_words'?" in fail(shell, "wb.count_word")


def test_all_other_errors_are_shown_as_ever(shell):
    shell.run_cell("page = wb.enable_charts()")
    for cell, error in (("1 / 0", "ZeroDivisionError"), ("zzqqxx", "name 'zzqqxx' is not defined")):
        said = fail(shell, cell)
        assert "Traceback" in said and error in said


def test_errors_that_can_be_mended_show_their_message_alone(shell, monkeypatch):
    said = fail(shell, "articles = 1\nwb.count_words(articles)")
    assert said.startswith(
        "SchemaError in line 2 of the cell, `wb.count_words(articles)`: expected"
    )
    assert "Traceback" not in said
    monkeypatch.setenv("WORKBOOK_TRACEBACK", "1")
    assert "Traceback" in fail(shell, "wb.count_words(1)")
    shell.run_cell("page = wb.enable_charts()")
    assert "Traceback" in fail(shell, "mentions")


def test_who_handles_errors_already_goes_on_doing_so(shell):
    own = []
    shell.set_custom_exc((ZeroDivisionError,), lambda *given, **more: own.append(given[1]))
    shell.run_cell("page = wb.enable_charts()")
    shell.run_cell("1 / 0")
    assert own == [ZeroDivisionError]
    assert "makes it" in fail(shell, "mentions")
    shell.set_custom_exc((NameError,), lambda *given, **more: own.append(given[1]))
    shell.run_cell("page = wb.enable_charts()")
    shell.run_cell("mentions")
    assert own == [ZeroDivisionError, NameError]


def test_outside_of_notebooks_nothing_is_handled():
    assert wb.enable_charts().data


NOTEBOOKS = {path.stem: path for path in sorted(resource("notebooks").rglob("*.ipynb"))}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_name_that_a_cell_of_a_notebook_needs_has_its_cell(name):
    cells = [cell for cell in json.loads(NOTEBOOKS[name].read_text("utf-8"))["cells"]]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    own = [each for each in read_made() if each.notebook == name]
    makes = {made for each in own for made in each.makes}
    assert {"articles", "tokens", "wb"} <= makes
    for missing in makes:
        first, *_ = made = find_made(missing, {"In": sources})
        assert {each.notebook for each in made} == {name}
        assert first.cell in map(str.strip, sources)
        for place, each in enumerate(made):
            before = {known for earlier in made[:place] for known in earlier.makes}
            assert each.needs & makes <= before | each.makes
