"""A lesson of the workshop: from its one source the copies for participants, slides and paper.

What a cell is for stands in its tags: `exercise`, `hint`, `answer`, `check`, `teacher`; `paper` (it
gives what stands on paper, too) and `screen` (words that are not for paper).
"""

import ast
import re
import textwrap
from copy import deepcopy
from pathlib import Path

from ..errors import WorkbookError
from ..lexicons import read_lexicon, resource
from ..show.checks import name_exercise
from ..show.output import PRINT_DATA
from .slides import choose_slide

SOLUTION = re.compile(
    r"^([ \t]*)###[ \t]*BEGIN[ \t]+SOLUTION[ \t]*\n(.*?)^[ \t]*###[ \t]*END[ \t]+SOLUTION[ \t]*$",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
# A mark that has no fellow: the solution would stand in the participants' copy.
MARK_LEFT = re.compile(r"#[ \t]*(BEGIN|END)[ \t]*SOLUTION", re.IGNORECASE)
TO_FILL_IN = "{name} = None  # your answer in place of None"
ANSWER_NAMES = ("answer", "prediction")
# Lines to write on, by the kind of answer.
ANSWER_LINES = {"number": 1, "choice": 1, "name": 1, "names": 2, "words": 2, "open": 4}
NAME_LINE = "<p>Name: ______________________________ &nbsp; Date: ______________</p>"
HEADING_ALONE = re.compile(r"\s*#+ [^\n]*\s*$")


def list_lessons():
    """{name: path} of the lessons that come with the workbook."""
    paths = sorted((resource("notebooks") / "workshop").glob("*.ipynb"))
    return {path.stem: path for path in paths}


def find_lessons(asked=()):
    """The files of the lessons asked for, by default all that come along.

    Each is named by its number, its name or a part of it, or is a notebook's path. WorkbookError
    where there is none.
    """
    known = list_lessons()
    if not asked:
        return list(known.values())
    found = [find_lesson(str(name), known) for name in asked]
    return list(dict.fromkeys(found))


def find_lesson(name, known):
    """The file of one lesson."""
    if Path(name).suffix == ".ipynb" and Path(name).is_file():
        return Path(name)
    fitting = match_names(Path(name).name.removesuffix(".ipynb"), known)
    if not fitting:
        raise WorkbookError(f"{name}: no such lesson. There are: {', '.join(known)}.")
    return known[fitting[0]]


def match_names(name, known):
    """The names of notebooks that a name, a number or a word stands for, the closest first.

    >>> match_names("lesson 3", ["3-actors", "03-actors"]), match_names("words", ["2-words"])
    (['3-actors', '03-actors'], ['2-words'])
    """
    wanted = name.lower().removeprefix("lesson").strip(" -")
    if not wanted:
        return []
    fitting = [stem for stem in known if stem.lower() == wanted]
    fitting += [stem for stem in known if stem.lower().startswith(f"{wanted}-")]
    parts = {stem: stem.lower().split("-") for stem in known}
    fitting += [stem for stem in known if wanted in parts[stem]]
    fitting += [stem for stem in known if wanted.lstrip("0") == parts[stem][0].lstrip("0")]
    return list(dict.fromkeys(fitting))


def is_for(cell, tag):
    """Whether a cell has a tag."""
    return tag in cell.metadata.get("tags", ())


def drop_outputs(lesson):
    """The lesson without what its cells gave: its solution, as a file to open."""
    lesson = deepcopy(lesson)
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return lesson


def make_student(lesson):
    """The lesson for participants: without solutions, outputs, teachers' cells; hints folded."""
    student = drop_outputs(lesson)
    student.cells = [cell for cell in student.cells if not is_for(cell, "teacher")]
    for cell in student.cells:
        if is_for(cell, "hint"):
            text = cell.source.strip()
            cell.source = f"<details><summary>Hint</summary>\n\n{text}\n\n</details>"
        elif cell.cell_type == "code":
            cell.source = take_solutions(cell.source)
        if is_for(cell, "check"):
            cell.metadata["editable"] = cell.metadata["deletable"] = False
    return student


def take_solutions(source):
    """A cell's code without its solutions; WorkbookError where a mark or a solution is broken."""
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")
    lines = re.sub(r"\r\n?", "\n", source)
    try:
        left = SOLUTION.sub(take_out, lines)
    except SyntaxError as error:
        said = f"its solution is no Python ({error.msg})"
    else:
        if not MARK_LEFT.search(left):
            return left if left != lines else source
        said = "BEGIN SOLUTION or END SOLUTION has no fellow"
    at = next((line.strip() for line in lines.splitlines() if "answer" in line), first)
    raise WorkbookError(
        f"The cell that begins “{first}” (“{at}”): {said}. Each solution stands between "
        "### BEGIN SOLUTION and ### END SOLUTION, in lines of their own."
    )


def take_out(found):
    """What stands in the place of a solution: its names, to be filled in."""
    indent, solution = found.groups()
    lines = [f"{indent}{TO_FILL_IN.format(name=name)}" for name in find_answers_made(solution)]
    return "\n".join(lines)


def find_answers_made(solution):
    """The names of the answers that a solution gives; where none is called so, its last."""
    names, last = [], []
    for statement in ast.parse(textwrap.dedent(solution.expandtabs(4)).strip()).body:
        before = len(names)
        if isinstance(statement, ast.Assign):
            made = [each for target in statement.targets for each in ast.walk(target)]
            names += [
                each.id
                for each in made
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            ]
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.append(statement.target.id)
        last = names[before:] or last
    names = list(dict.fromkeys(names))
    return [name for name in names if name.startswith(ANSWER_NAMES)] or last


def make_slides(executed):
    """The executed lesson with each cell's slide; those that nobody gave one are not shown.

    Cells for teachers are notes. Where no cell has a slide, each question begins one.
    """
    slides = deepcopy(executed)
    is_planned = any("slideshow" in cell.metadata for cell in slides.cells)
    for cell in slides.cells:
        if is_for(cell, "teacher"):
            cell.metadata["slideshow"] = {"slide_type": "notes"}
        elif "slideshow" not in cell.metadata:
            is_hidden = is_planned or is_for(cell, "hint") or is_for(cell, "check")
            cell.metadata["slideshow"] = {"slide_type": "skip" if is_hidden else choose_slide(cell)}
    return slides


def make_paper(executed):
    """The lesson to write on: text, exercises, lines for answers; hints at the end, no solutions.

    Of outputs only those of the cells tagged `paper` are there.
    """
    from nbformat.v4 import new_markdown_cell

    paper = deepcopy(executed)
    cells, hints, exercise = [], [], ""
    for cell in paper.cells:
        if is_for(cell, "exercise"):
            exercise = cell.source.strip().split("\n")[0].lstrip("# ")
        if is_for(cell, "hint"):
            hints.append(f"**{exercise}** {cell.source.strip()}")
        elif is_for(cell, "answer"):
            cells.append(draw_lines(cell))
        elif is_on_paper(cell):
            cells.append(cell)
    cells = drop_lone_headings(cells)
    cells.insert(1, as_output(NAME_LINE))
    if hints:
        cells.append(new_markdown_cell("\n\n".join(["## Hints", *hints]), id="hints"))
    paper.cells = cells
    return paper


def is_on_paper(cell):
    """Whether a cell stands on the paper of participants."""
    if is_for(cell, "teacher") or is_for(cell, "screen"):
        return False
    return cell.cell_type == "markdown" or is_for(cell, "paper")


def drop_lone_headings(cells):
    """The cells but those that are a heading, and nothing before the next."""
    kept = []
    for place, cell in enumerate(cells):
        following = cells[place + 1] if place + 1 < len(cells) else None
        is_lone = cell.cell_type == "markdown" and HEADING_ALONE.match(cell.source)
        if is_lone and (following is None or following.source.startswith("#")):
            continue
        kept.append(cell)
    return kept


def draw_lines(cell):
    """Lines to write on, in the place of a cell for an answer."""
    # nbgrader's names have no full stops: "lesson-1-2" is the exercise 1.2.
    exercise = name_exercise(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
    exercises = read_lexicon("workshop/answers").set_index("exercise")
    kind = exercises["kind"].get(exercise, "open")
    number = ANSWER_LINES.get(kind, 3)
    return as_output(f'<div class="lines" data-n="{number}">{"_" * 40}</div>')


def as_output(html):
    """A cell that is nothing but a piece of a page."""
    from nbformat.v4 import new_code_cell, new_output

    drawn = new_output("display_data", {PRINT_DATA: {"html": html}})
    return new_code_cell("", outputs=[drawn], id="drawn")
