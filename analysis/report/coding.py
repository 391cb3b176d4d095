"""Coding in the notebook: one item after the other, by keyboard, each answer saved at once."""

from html import escape
from secrets import token_hex
from threading import RLock

import anywidget
import traitlets
from IPython import get_ipython

from .. import schema
from ..errors import WorkbookError
from ..measure.agreement import select_disagreements
from ..measure.answers import MACHINE
from ..read.beside import place_codings
from ..read.codings import OFFERED, read_codings, takes_names
from ..show.output import PRINT_DATA, Output
from ..show.sheets import draw_coding_sheet, list_rules
from ..show.theme import TEMPLATES, read_style
from ..text import how_many
from ..whole import held
from .codings import check_folder_of, find_answers, settle_coder, write_answer, write_codings
from .corrections import count_differing, write_corrections

# What a coder needs of each item.
ITEM_COLUMNS = ["item", "left", "text", "right", "question", "answers"]
# Letters of the text before a sentence.
TEXT_BEFORE = 400
NOT_CORRECTABLE = "Such answers cannot be taken over: no correction says them."
SOME_CORRECTABLE = "Of these, {} can be taken over: of “cannot tell” no correction is made."
# What a page says can reach a kernel over two threads; one at a time reads and writes a sheet.
WRITING = RLock()


def code_rows(sample, path, *, coder, table=None, articles=None):
    """Code a sample in JupyterLab, by keyboard alone and without network.

    Shown are the passages of `sample` (from `sample_rows`) one by one, the question, the answers
    under the keys 1 to 9, "cannot tell" under 0, and the rules. Every answer is written at once
    into the file `path` (or, where `path` is the articles, into the file beside the first of them:
    `my-story.codings.csv`, `my-story.actor.codings.csv`). Who comes back goes on with the first
    item without an answer. Each coder needs a file. Where there is no kernel, as in a report, it is
    a sheet to print.

    With the table that the sample was drawn from, and the articles, the end is what the machine
    answers differently, and a button that takes the coder's answers over into the corrections file.

    >>> sentences = split_sentences(read_texts("It rained in Linz. Nobody left."))
    >>> sample = sample_rows(sentences, sentences, 2)
    >>> code_rows(sample, "rain.codings.csv", coder="anna").data.count("<li>")
    2
    """
    schema.check(sample, "samples")
    coder = settle_coder(coder)
    try:
        path = place_codings(path, *sample["task"].unique()[:1])
        check_folder_of(path)
        there = find_answers(path, coder, set(sample["item"]))
        if path.exists():
            read_codings(path, articles)
            write_codings(sample, path, coder=coder)  # a larger sample's items are added
    except WorkbookError as error:
        said = f'<div class="wb"><p class="wrong" role="alert">{escape(str(error))}</p></div>'
        return Output(said, look=read_style())
    if not has_kernel():
        return draw_coding_sheet(sample)
    return CodingDesk(sample, path, coder, there, table, articles)


def has_kernel():
    """Whether a notebook's kernel runs this, so that keys can reach it."""
    return getattr(get_ipython(), "kernel", None) is not None


class CodingDesk(anywidget.AnyWidget):
    """The widget in which a sample is coded: what it shows, and what it does with an answer."""

    _esm = (TEMPLATES / "coding.js").read_text(encoding="utf-8")
    _css = read_style()
    # Of the items, what is shown; {item: answer}, {item: note}; the place of the item shown.
    items = traitlets.List().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    notes = traitlets.Dict().tag(sync=True)
    place = traitlets.Int().tag(sync=True)
    rules = traitlets.List().tag(sync=True)
    named = traitlets.Bool().tag(sync=True)  # whether a name can be written
    copies = traitlets.Bool().tag(sync=True)  # whether words are copied from the passage
    coder = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    # {item: how often an answer came here}; what went wrong; what the machine answers differently.
    written = traitlets.Dict().tag(sync=True)
    wrong = traitlets.Unicode().tag(sync=True)
    differing = traitlets.Unicode().tag(sync=True)
    correctable = traitlets.Bool().tag(sync=True)

    def __init__(self, sample, path, coder, there, table=None, articles=None):
        self.sample, self.path, self.table, self.articles = sample, path, table, articles
        answers = {item: row["answer"].strip() for item, row in there.items()}
        tasks = list(sample["task"].unique())
        super().__init__(
            items=list_asked(sample, articles),
            answers={item: answer for item, answer in answers.items() if answer},
            notes={item: row["note"] for item, row in there.items()},
            place=find_open(sample["item"], answers),
            rules=[rule for task in tasks for rule in list_rules(task)],
            named=any(map(takes_names, tasks)),
            copies=tasks == ["content"],
            coder=coder,
            file=path.name,
            name=token_hex(4),
        )
        self.on_msg(self.hear)
        self.compare()

    def hear(self, _, told, __):
        """Do what the page asks for, one thing after the other."""
        with WRITING:
            self.do(told)

    def do(self, told):
        """Write an answer, or take answers over as corrections."""
        try:
            self.wrong = ""
            if told.get("take_over"):
                self.differing = self.take_over()
                self.correctable = False
            else:
                self.save(told["item"], told["answer"], told.get("note") or "")
        except WorkbookError as error:
            self.wrong = f"Not saved: {error}"
        except OSError as error:
            self.wrong = f"Not saved: {self.path}: {error.strerror}."
        if told.get("item"):
            self.written = {**self.written, told["item"]: self.written.get(told["item"], 0) + 1}

    def take_over(self):
        """Write answers into the corrections file, and say what was written."""
        codings = self.read_own()
        written = write_corrections(codings, self.table, self.articles)
        if not written:
            return "Nothing was written: all of it stands in the corrections file already."
        n = how_many(count_differing(codings, self.table), "answer")
        return f"{n} of yours taken over into {written[0].name}."

    def save(self, item, answer, note):
        """Write one answer, into a sheet that is made for the first one."""
        with held(self.path):
            if not self.path.exists():
                write_codings(self.sample, self.path, coder=self.coder)
        known = self.answers.get(item, "")
        try:
            write_answer(self.path, item, answer, note, known=known)
        finally:
            self.read_again()
        self.compare()

    def read_again(self):
        """Take over what stands in the file: another window may write into it, too."""
        there = find_answers(self.path, self.coder, set(self.sample["item"]))
        answers = {item: row["answer"].strip() for item, row in there.items()}
        self.answers = {item: answer for item, answer in answers.items() if answer}
        self.notes = {item: row["note"] for item, row in there.items()}

    def compare(self):
        """Say what the machine answers differently, once all is answered: a coder is blind."""
        if self.table is None or len(self.answers) < len(self.items) or not self.items:
            return
        try:
            codings = self.read_own()
            differing = select_disagreements(codings, self.table)
        except WorkbookError as error:  # taken over already
            self.differing, self.correctable = str(error), False
            return
        n = int((differing["other"] == MACHINE).sum())
        n_known = count_differing(codings, self.table)
        self.differing = f"The machine answers {n} of these {len(self.items)} differently."
        self.correctable = bool(n_known and self.articles is not None)
        if n_known < n:
            self.differing += f" {say_correctable(n_known)}"

    def read_own(self):
        """What is in the coder's file."""
        return read_codings(self.path)

    def _repr_mimebundle_(self, **options):
        """The widget, with a sheet to print for pages that no kernel stands behind."""
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        sheet = draw_coding_sheet(self.sample)
        return {**data, "text/html": sheet.data, PRINT_DATA: {"html": sheet.still}}, metadata


def say_correctable(n):
    """How many of the answers that differ can be taken over, where that is not all."""
    return SOME_CORRECTABLE.format(n) if n else NOT_CORRECTABLE


def list_asked(sample, articles=None):
    """What is shown of each item, its answers as a list.

    Where a name is asked for, the words before its sentence, too (`before`): a pronoun alone does
    not tell whom it means. The tone is that of the sentence, whatever stands around it.
    """
    texts = {}
    if articles is not None:
        texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    items = []
    for row in sample.to_dict("records"):
        item = {column: row[column] for column in ITEM_COLUMNS}
        item["answers"] = row["answers"].split(OFFERED)
        begins = row["start"] - len(row["left"])
        before = texts.get(row["doc_id"], "")[max(begins - TEXT_BEFORE, 0) : begins]
        item["before"] = before if takes_names(row["task"]) and row["task"] != "content" else ""
        if item["before"] and begins > TEXT_BEFORE:
            item["before"] = f"… {before.partition(' ')[2]}"
        items.append(item)
    return items


def find_open(items, answers):
    """The place of the first item without an answer; of the last where all have one."""
    for place, item in enumerate(items):
        if not answers.get(item):
            return place
    return max(len(items) - 1, 0)
