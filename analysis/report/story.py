"""A working folder for one's own story.

It holds the article, notebooks that open it, a file for corrections, and what to do first.
"""

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..kept import KEPT, make_kept
from ..lexicons import resource
from ..read.articles import read_articles
from ..read.beside import list_codings
from ..read.files import CODINGS, CORRECTIONS, find_files
from .writing import is_at_hand, whole_folder, write_whole

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


STORY_ABOUT = "README.md"
STORY_README = """# {title}

| file | what it is |
|---|---|
| `{article}` | the article; leave it as it is |
| `{stem}.toml` | headline, outlet and date, to fill in with any text editor |
| `{stem}{corrections}` | your corrections of any table, to fill in with a spreadsheet program |
| `{stem}{codings}` | there once you have coded something: your answers in `08-checking.ipynb` |
| `*.ipynb` | notebooks: words, tone, actors, quotations, checking, and the report |
| `kept/` | what was worked out once, to be there at once the next time; you may delete it |

## First

Open a terminal in this folder and type

    workbook lab

Start with `00-start-here.ipynb`: choose *Run*, then *Run All Cells*. Change whatever you like. To
have a notebook back as it was, choose *Help*, then *Bring Back a Fresh Copy of This Notebook*, or
type `workbook fresh 03-actors`: it comes beside yours, which stays as it is.

## A report to send

    workbook report {typed}

writes `reports/{stem}.html`, which opens in any browser. `--to pdf,docx,slides,xlsx` writes other
formats, too, `--data data` every table and figure.

## When the workbook is wrong

Each table in `03-actors.ipynb` says in its column `rule` why a mention counts for an actor. To
change it, add a line to `{stem}{corrections}` (`merge,,,,Biden,,,Joe Biden,the same man`) and run
again; every report lists your corrections. The workbook's README explains them all.

## How far can you trust it?

`08-checking.ipynb` draws 40 passages at random and asks you: half an hour, by keyboard. From then
on the report says how often the machine agreed with you on this very text, and corrects its shares.

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
    if file.name.lower() in {STORY_ABOUT.lower(), *(path.name for path in find_notebooks())}:
        raise ArticleError(f"{file}: the folder gets a file of that name. Rename the article.")
    unfit = read_articles(file, headline=True)["left_out"].dropna()
    if len(unfit):
        raise ArticleError(unfit.iat[0])
    try:
        if is_taken(folder):
            raise WorkbookError(
                f"{folder}: is there already and not empty. "
                "Nothing was changed; choose another name."
            )
        if is_at_hand(folder):
            raise WorkbookError(f"{folder}: is the folder that you work in. Choose another name.")
        with whole_folder(Path.cwd() / folder) as made:
            fill_story(made, folder.absolute().name, file)
    except OSError as error:
        raise WorkbookError(
            f"{folder}: could not be made ({error.strerror}). Choose another place."
        ) from None
    return sorted(folder.iterdir())


def is_taken(folder):
    """Whether there is a file of that name, or a folder with anything in it."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return True
    return folder.is_dir() and any(folder.iterdir())


def fill_story(folder, title, file):
    """Put everything into the folder."""
    shutil.copyfile(file, folder / file.name)
    header = ",".join(schema.columns("corrections")) + "\n"
    for ending, empty in ((".toml", SIDECAR), (CORRECTIONS, header)):
        beside = file.with_name(f"{file.stem}{ending}")
        if beside.is_file():
            shutil.copyfile(beside, folder / beside.name)
        else:
            write_whole(folder / beside.name, empty)
    for path in list_codings(file.parent, file.stem):
        shutil.copyfile(path, folder / path.name)
    for path in find_notebooks():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        set_article(notebook, file.name)
        made = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
        write_whole(folder / path.name, made)
    said = STORY_README.format(
        title=title,
        article=file.name,
        typed=in_shell(file.name),
        stem=file.stem,
        corrections=CORRECTIONS,
        codings=CODINGS,
    )
    write_whole(folder / STORY_ABOUT, said)
    make_kept(folder / KEPT)


def find_notebooks():
    """The notebooks that come with the workbook."""
    return sorted(resource("notebooks").glob("*.ipynb"))


def in_shell(name):
    """A file's name as it can be pasted behind a command, whatever is in it."""
    if name.startswith("-"):
        name = f"./{name}"
    if os.name == "nt":
        return subprocess.list2cmdline([name])
    if name.isprintable():
        return shlex.quote(name)
    letters = [chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}" for byte in os.fsencode(name)]
    quoted = {"\\": "\\\\", "'": "\\'"}
    return f"$'{''.join(quoted.get(letter, letter) for letter in letters)}'"


def set_article(notebook, name):
    """Write an article's name into the cell of a notebook that is there for it."""
    comment = "# The article: a file's path (as seen from this notebook's folder).\n"
    for cell in notebook["cells"]:
        is_for_one = any(line.startswith("article =") for line in cell["source"])
        if "parameters" in cell["metadata"].get("tags", ()) and is_for_one:
            cell["source"] = [comment, f"article = {name!r}"]
