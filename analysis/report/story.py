"""A working folder for one's own story.

It holds the article, notebooks that open it, a file for corrections, and what to do first.
"""

import json
import shutil
from pathlib import Path

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..lexicons import resource
from ..read.articles import read_articles
from ..read.files import CORRECTIONS, find_files

SIDECAR = """# What is known of the article. Take away the # in front of a line and fill it in; \
reports will say that you stated it.

# [title]
# value = "The headline"
# status = "stated"
# how = "the newspaper's page"

# [outlet]
# value = "The newspaper"
# status = "stated"
# how = "the newspaper's page"

# [published]
# value = "2026-01-31"
# status = "stated"
# how = "the newspaper's page"
"""


STORY_README = """# {title}

| file | what it is |
|---|---|
| `{article}` | the article; leave it as it is |
| `{stem}.toml` | headline, outlet and date, to fill in with any text editor |
| `{stem}{corrections}` | your corrections of who is who, to fill in with a spreadsheet program |
| `*.ipynb` | notebooks: words, tone, actors, quotations, and the report |

## First

Open a terminal in this folder and type

    workbook lab

Start with `00-start-here.ipynb`: choose *Run*, then *Run All Cells*. Change whatever you like. To
have a notebook back as it was, make a new folder with `workbook new`.

## A report to send

    workbook report "{article}"

writes `reports/{stem}.html`, which opens in any browser. `--to pdf,docx,slides,xlsx` writes other
formats, too, `--data data` every table and figure.

## When the workbook is wrong

Each table in `03-actors.ipynb` says in its column `rule` why a mention counts for an actor. To
change it, add a line to `{stem}{corrections}` (`merge,,,,Biden,,,Joe Biden,the same man`) and run
again; every report lists your corrections. The workbook's README explains all six.

## When something does not work

    workbook doctor
"""


def make_story(folder, article=None):
    """Make a working folder for one article and return the paths in it.

    `article` is by default the one that comes with the workbook. Nothing is overwritten:
    WorkbookError where the folder holds anything. What stands beside the article (`.toml`,
    corrections) comes along; what does not is made, empty. An article that cannot be read is said
    before anything is made.
    """
    files = find_files(article)
    if len(files) > 1:
        raise ArticleError(
            f"{article}: there are {len(files)} files, and a story is of one article. "
            "Name the one you mean."
        )
    file = files[0]
    folder = Path(folder)
    unfit = read_articles(file)["left_out"].dropna()
    if len(unfit):
        raise ArticleError(unfit.iat[0])
    try:
        if is_taken(folder):
            raise WorkbookError(
                f"{folder}: is there already and not empty. "
                "Nothing was changed; choose another name."
            )
        folder.mkdir(parents=True, exist_ok=True)
        fill_story(folder, file)
    except OSError as error:
        raise WorkbookError(
            f"{folder}: could not be made ({error.strerror}). Choose another place."
        ) from None
    return sorted(folder.iterdir())


def is_taken(folder):
    """Whether there is a file of that name, or a folder with anything in it."""
    return folder.is_file() or (folder.is_dir() and any(folder.iterdir()))


def fill_story(folder, file):
    """Put everything into the folder."""
    shutil.copyfile(file, folder / file.name)
    header = ",".join(schema.columns("corrections")) + "\n"
    for ending, empty in ((".toml", SIDECAR), (CORRECTIONS, header)):
        beside = file.with_name(f"{file.stem}{ending}")
        text = beside.read_text(encoding="utf-8-sig") if beside.is_file() else empty
        write_lines(folder / beside.name, text)
    for path in sorted(resource("notebooks").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        set_article(notebook, file.name)
        made = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
        write_lines(folder / path.name, made)
    said = STORY_README.format(
        title=folder.resolve().name, article=file.name, stem=file.stem, corrections=CORRECTIONS
    )
    write_lines(folder / "README.md", said)


def set_article(notebook, name):
    """Write an article's name into the cell of a notebook that is there for it."""
    comment = "# The article: a file's path (as seen from this notebook's folder).\n"
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = [comment, f"article = {name!r}"]


def write_lines(path, text):
    """Write a text with the same line ends everywhere."""
    path.write_text(text, encoding="utf-8", newline="\n")
