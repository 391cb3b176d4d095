"""Coding in the notebook, in real JupyterLab without network; sheets; codings in the report."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pandas as pd
import pytest
from laboratory import running_lab

import analysis as wb
from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.report.coding import CodingDesk, find_open
from analysis.report.codings import write_answer
from analysis.report.provenance import hash_beside
from analysis.report.sources import find_sources

TEXT = (
    "Anna Berg lied to the court. Peter Holm praised Anna Berg. Anna Berg stole a car. "
    "Anna Berg helped the poor. Peter Holm met Anna Berg in Vienna. Peter Holm left."
)
NASTY = "<img src=x onerror=alert(1)> Anna Berg </script> lied. =1+1 Anna Berg & “left”."


@pytest.fixture(scope="module")
def found():
    """The tables of a short text, with a sample of five."""
    return find_all(wb.read_texts(TEXT))


def find_all(articles):
    """The tables of articles, and samples of them."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    mentions = wb.find_mentions(articles, tokens)
    stance = wb.score_stance(mentions, sentences)
    return {
        "articles": articles,
        "sentences": sentences,
        "mentions": mentions,
        "stance": stance,
        "sample": wb.sample_rows(stance, sentences, 5),
        "who": wb.sample_rows(mentions, sentences, 5),
    }


def open_desk(sample, path, coder="anna", **tables):
    """The widget as a kernel would show it."""
    asked = {"table": tables.get("table"), "articles": tables.get("articles")}
    there = {}
    if path.exists():
        from analysis.report.codings import find_answers

        there = find_answers(path, coder, set(sample["item"]))
    return CodingDesk(sample, path, coder, there, **asked)


def say(desk, **told):
    desk.hear(None, told, None)


# The widget, without a page


def test_nothing_is_written_before_the_first_answer_and_each_answer_at_once(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    desk = open_desk(found["sample"], path)
    assert not path.exists() and desk.place == 0
    item = desk.items[0]["item"]
    say(desk, item=item, answer="negative", note="plainly")
    codings = wb.read_codings(path, found["articles"])
    assert codings["answer"].fillna("-").tolist() == ["negative", *["-"] * 4]
    assert codings.loc[0, "note"] == "plainly" and desk.answers == {item: "negative"}
    say(desk, item=item, answer="neutral", note="")
    assert wb.read_codings(path).loc[0, "answer"] == "neutral" and desk.written == {item: 2}
    say(desk, item=item, answer="", note="")
    assert wb.read_codings(path)["answer"].isna().all() and desk.answers == {}


def test_answers_that_come_over_several_threads_are_all_written(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    desk = open_desk(found["sample"], path)
    items = [row["item"] for row in desk.items]
    with ThreadPoolExecutor(len(items)) as threads:
        list(threads.map(lambda item: say(desk, item=item, answer="neutral"), items * 4))
    assert wb.read_codings(path)["answer"].tolist() == ["neutral"] * len(items)
    assert desk.written == dict.fromkeys(items, 4) and len(desk.answers) == len(items)


def test_two_desks_on_one_file_lose_nothing_and_overwrite_nothing_unsaid(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    one, two = (open_desk(found["sample"], path, coder="me") for _ in "12")
    first, second, third, *_ = (row["item"] for row in one.items)
    say(one, item=first, answer="negative", note="")
    say(two, item=second, answer="neutral", note="")
    assert two.answers == {first: "negative", second: "neutral"} and two.wrong == ""
    say(one, item=second, answer="positive", note="mine")
    assert "somebody else answered it with “neutral”" in one.wrong and "ben.codings" in one.wrong
    assert one.answers == two.answers
    assert wb.read_codings(path)["answer"].dropna().tolist() == ["negative", "neutral"]
    say(one, item=second, answer="positive", note="mine")
    say(two, item=third, answer="neutral", note="")
    assert one.wrong == two.wrong == "" and two.answers[second] == "positive"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["story.codings.csv"]


WRITER = """import sys
from analysis.report.codings import write_answer
for item in sys.argv[2:]:
    write_answer(sys.argv[1], item, "neutral")
"""


def test_two_processes_that_write_into_one_sheet_lose_no_answer(found, tmp_path):
    path = wb.write_codings(found["sample"], tmp_path / "story.codings.csv", coder="anna")
    items = found["sample"]["item"].tolist()
    command = [sys.executable, "-c", WRITER, str(path)]
    halves = (items[:3] * 10, items[3:] * 10)
    writers = [subprocess.Popen([*command, *half]) for half in halves]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert wb.read_codings(path)["answer"].tolist() == ["neutral"] * len(items)


def test_a_sign_that_was_left_behind_holds_nobody_up(found, tmp_path):
    path = wb.write_codings(found["sample"], tmp_path / "story.codings.csv", coder="anna")
    sign = tmp_path / ".story.codings.csv.held"
    sign.write_text("")
    os.utime(sign, (1, 1))
    wb.write_answer(path, found["sample"]["item"].iloc[0], "neutral")
    assert wb.read_codings(path)["answer"].notna().sum() == 1 and not sign.exists()


def test_who_comes_back_goes_on_with_the_first_item_without_an_answer(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    desk = open_desk(found["sample"], path)
    for each in (0, 1, 3):
        say(desk, item=desk.items[each]["item"], answer="cannot tell", note="")
    again = open_desk(found["sample"], path)
    assert again.place == 2 and len(again.answers) == 3
    assert find_open(["a", "b"], {"a": "x", "b": "y"}) == 1 and find_open([], {}) == 0


def test_what_cannot_be_saved_is_said_with_the_mend(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    desk = open_desk(found["sample"], path)
    say(desk, item=desk.items[0]["item"], answer="bad", note="")
    assert desk.wrong.startswith("Not saved: ") and "Choose from negative, neutral" in desk.wrong
    assert desk.answers == {}
    path.write_text("a,b\n1,2\n")
    say(desk, item=desk.items[0]["item"], answer="neutral", note="")
    assert "no column `left`" in desk.wrong and path.read_text() == "a,b\n1,2\n"
    (wrong,) = re.findall("<p class.*</p>", wb.code_rows(found["sample"], path, coder="a").data)
    assert 'role="alert"' in wrong and "no column `left`" in wrong


def test_a_sheet_of_another_article_or_coder_is_refused_with_the_mend(found, tmp_path):
    path = tmp_path / "story.codings.csv"
    wb.write_codings(found["sample"], path, coder="anna")
    shown = wb.code_rows(found["sample"], path, coder="ben").data
    assert "has codings of “anna”, not of “ben”" in shown
    other = wb.read_texts("Another article. It rains.")
    shown = wb.code_rows(found["sample"], path, coder="anna", articles=other).data
    assert "are of another article" in shown


def test_once_all_is_answered_the_machine_is_compared_and_answers_are_taken_over(tmp_path):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    tables = find_all(wb.read_articles(tmp_path / "story.txt"))
    mentions, who = tables["mentions"], tables["who"]
    machine = dict(zip(mentions["start"], mentions["actor"], strict=True))
    path = tmp_path / "story.actor.codings.csv"
    desk = open_desk(who, path, table=mentions, articles=tables["articles"])
    for row in who.itertuples():
        assert desk.differing == ""
        other = {"Anna Berg": "Peter Holm", "Peter Holm": "nobody"}[machine[row.start]]
        answer = machine[row.start] if row.Index else other
        say(desk, item=row.item, answer=answer, note="")
    assert desk.differing == "The machine answers 1 of these 5 differently."
    assert desk.correctable
    say(desk, take_over=True)
    assert desk.differing == "1 answer of yours taken over into story.corrections.csv."
    made = wb.describe_corrections(tables["articles"], wb.split_tokens(tables["articles"]))
    assert made["outcome"].tolist() == ["applied to 1 mention"]
    # The machine is not measured by answers that it was given.
    codings = wb.read_codings(path)
    given = wb.find_mentions(tables["articles"], wb.split_tokens(tables["articles"]))
    with pytest.raises(WorkbookError, match="1 coded item of who is meant corrected by hand"):
        wb.score_agreement(codings, given)
    assert wb.describe_check(tables["articles"], given).startswith("**Not measured.** 1 coded")
    again = open_desk(who, path, table=given, articles=tables["articles"])
    assert again.differing.startswith("1 coded item of who is meant corrected by hand")
    assert not again.correctable
    say(desk, item=who["item"].iloc[0], answer="berg", note="")
    assert desk.answers[who["item"].iloc[0]] == "Anna Berg"
    before = (tmp_path / "story.corrections.csv").read_bytes()
    wb.write_corrections(wb.read_codings(path), mentions, tables["articles"])
    assert (tmp_path / "story.corrections.csv").read_bytes() == before
    assert wb.write_corrections(wb.read_codings(path), mentions, tables["articles"]) == []
    with pytest.raises(WorkbookError, match="not in the articles table"):
        wb.write_corrections(codings, mentions, tables["articles"].iloc[:0])


def test_corrections_go_below_those_of_a_file_in_its_columns(found, tmp_path):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    there = "note;action;start;end;text;actor;actor_type;kind;to\r\nmine;drop;;;;Vienna;;;\r\n"
    (tmp_path / "story.corrections.csv").write_bytes(there.encode())
    articles = wb.read_articles(tmp_path / "story.txt")
    tables = find_all(articles)
    row = tables["who"].head(1).assign(coder="anna", answer="Somebody; new", note=None)
    codings = wb.schema.table(row[wb.schema.columns("codings")], "codings")
    wb.write_corrections(codings, tables["mentions"], articles)
    text = (tmp_path / "story.corrections.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "mine;drop;;;;Vienna;;;"
    assert text.splitlines()[2].startswith("coded: anna;split;")
    assert wb.read_corrections(articles)["to"].dropna().tolist() == ["Somebody; new"]
    (tmp_path / "story.corrections.csv").write_text("a,b\n")
    with pytest.raises(WorkbookError, match="no column `action`.*Nothing was changed"):
        wb.write_corrections(codings, tables["mentions"], articles)


def test_corrections_need_a_file_of_ones_own(found, seeds):
    row = found["who"].head(1).assign(coder="anna", answer="Somebody", note=None)
    codings = wb.schema.table(row[wb.schema.columns("codings")], "codings")
    with pytest.raises(WorkbookError, match="comes from no file"):
        wb.write_corrections(codings, found["mentions"], found["articles"])
    tone = codings.assign(task="tone")
    with pytest.raises(WorkbookError, match="there are no answers to correct by"):
        wb.write_corrections(tone, found["mentions"], found["articles"])
    who = wb.sample_rows(seeds.mentions, seeds.sentences, 1)
    row = who.assign(coder="anna", answer="Somebody", note=None)
    codings = wb.schema.table(row[wb.schema.columns("codings")], "codings")
    with pytest.raises(WorkbookError, match="workbook new practice"):
        wb.write_corrections(codings, seeds.mentions, seeds.articles)


def test_who_speaks_is_taken_over_into_the_quotations(tmp_path):
    text = "“It rains,” Peter Holm said. Anna Berg left. “It is cold,” Anna Berg said. “So.”"
    articles = write_story(tmp_path, text)
    tokens = wb.split_tokens(articles)
    mentions = wb.find_mentions(articles, tokens)
    quotes = wb.find_quotes(articles, tokens, mentions)
    assert quotes["speaker"].tolist()[0] == "Peter Holm"
    sample = wb.sample_rows(quotes, wb.split_sentences(articles), 9).sort_values("start")
    row = sample.head(1).assign(coder="anna", answer="Anna Berg", note=None)
    codings = wb.schema.table(row[wb.schema.columns("codings")], "codings")
    (path,) = wb.write_corrections(codings, quotes, articles)
    more = "speaker,1,5,nothing,,,,Anna Berg,\nspeaker,1,3,It,,,,Anna Berg,\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    again = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens))
    assert again["speaker"].tolist()[0] == "Anna Berg" and again.loc[0, "code"] == "corrected"
    assert again["speaker"].tolist()[1:] == quotes["speaker"].tolist()[1:]
    made = wb.describe_corrections(articles, tokens, quotes=again)
    assert made["n"].tolist() == [1, 0, 0]
    assert made["outcome"].tolist()[0] == "applied to 1 quotation"
    assert "reads “It r”, not “nothing”" in made["outcome"].tolist()[1]
    assert "no quotation begins at 1 with these words" in made["outcome"].tolist()[2]
    with pytest.raises(WorkbookError, match="1 coded item of who speaks corrected by hand"):
        wb.score_agreement(codings, again)


def code(sample, answers, task=None):
    """Codings of a sample: {words of an item: answer}."""
    its = sample[sample["text"].isin(answers)]
    its = its.assign(coder="anna", answer=its["text"].map(answers), note=None)
    return wb.schema.table(its[wb.schema.columns("codings")], "codings")


def test_the_tone_is_taken_over_with_one_click_and_is_no_measure_of_the_machine(tmp_path):
    articles = write_story(tmp_path)
    tables = find_all(articles)
    sentences, mentions, stance = (tables[each] for each in ("sentences", "mentions", "stance"))
    sample = tables["sample"]
    desk = open_desk(sample, tmp_path / "story.codings.csv", table=stance, articles=articles)
    machine = stance.set_index("start")["label"]
    other = {"negative": "positive", "neutral": "negative", "positive": "neutral"}
    for row in sample.itertuples():
        told = machine[row.start]
        say(desk, item=row.item, answer=told if row.Index else other[told], note="")
    assert desk.differing == "The machine answers 1 of these 5 differently." and desk.correctable
    say(desk, take_over=True)
    assert desk.differing == "1 answer of yours taken over into story.corrections.csv."
    codings = wb.read_codings(tmp_path / "story.codings.csv")
    given = wb.score_stance(mentions, sentences, articles=articles)
    first = sample.iloc[0]
    label = given.loc[given["start"] == first["start"], "label"].item()
    assert label == other[machine[first["start"]]]
    made = wb.describe_corrections(articles, wb.split_tokens(articles), stance=given)
    assert made[["action", "outcome"]].values.tolist() == [["tone", "applied to 1 mention"]]
    with pytest.raises(WorkbookError, match="1 coded item of the tone corrected by hand since"):
        wb.score_agreement(codings, given)
    with pytest.raises(WorkbookError, match="1 coded item of the tone"):
        wb.count_stance(given, coded=codings)
    assert wb.describe_check(articles, given).startswith("**Not measured.** 1 coded item of the")
    # Who is meant was not given: that can be measured.
    assert len(wb.score_agreement(code(tables["who"], {"Anna Berg": "Anna Berg"}), given)) == 1
    assert wb.score_agreement(codings, stance)["agreed"].tolist() == [4]


SPOKEN = (
    "“It rains,” Peter Holm said. “So we stay here. All of us.” Anna Berg said that it was late. "
    "Peter Holm called it “a trap”. Never again, thought Anna Berg."
)


def find_spoken(folder, text=SPOKEN):
    articles = write_story(folder, text)
    tokens, sentences = wb.split_tokens(articles), wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, tokens)
    quotes = wb.find_quotes(articles, tokens, mentions)
    return articles, tokens, sentences, quotes


def take_over(folder, answers, text=SPOKEN):
    """Take coded content over: what is then found, and the outcomes."""
    articles, tokens, sentences, quotes = find_spoken(folder, text)
    sample = wb.sample_rows(sentences, sentences, 9, task="content")
    codings = code(sample, answers)
    wb.write_corrections(codings, quotes, articles)
    _, _, _, again = find_spoken(folder, text)
    made = wb.describe_corrections(articles, tokens, quotes=again)
    return again["content"].tolist(), made, codings, again


def test_what_is_said_is_taken_over_into_the_quotations(tmp_path):
    before = find_spoken(tmp_path)[3]["content"].tolist()
    assert before == [
        "“It rains,” … “So we stay here. All of us.”",
        "that it was late",
        "it “a trap”",
    ]
    answers = {
        "“It rains,” Peter Holm said.": "rains",
        "Anna Berg said that it was late.": "nobody",
        "Peter Holm called it “a trap”.": "a trap",
        "Never again, thought Anna Berg.": "Never again",
    }
    after, made, codings, again = take_over(tmp_path, answers)
    assert after == [
        "rains … “So we stay here. All of us.”",
        "a trap",
        "Never again",
    ]
    assert set(made["outcome"]) == {"applied to 1 quotation"}
    assert sorted(made["action"]) == ["add_quote", "content", "content", "drop_quote"]
    assert again["speaker"].fillna("").tolist() == ["Peter Holm", "Peter Holm", ""]
    with pytest.raises(WorkbookError, match="3 coded items of what is said corrected by hand"):
        wb.score_agreement(codings, again)


def test_a_passage_whose_quotation_was_taken_out_is_no_hit_of_the_machine(tmp_path):
    late = "Anna Berg said that it was late."
    *_, sentences, quotes = find_spoken(tmp_path)
    sample = wb.sample_rows(sentences, sentences, 9, task="content")
    path = wb.write_codings(sample, tmp_path / "story.codings.csv", coder="anna")
    for item in sample.loc[sample["text"] == late, "item"]:
        write_answer(path, item, "nobody", "")
    articles, *_, quotes = find_spoken(tmp_path)
    assert "the machine agreed in 0" in wb.describe_check(articles, quotes)
    wb.write_corrections(wb.read_codings(path), quotes, articles)
    articles, *_, quotes = find_spoken(tmp_path)
    assert len(quotes) == 2
    assert "the machine agreed" not in wb.describe_check(articles, quotes)


def test_what_a_quotation_says_behind_the_sentence_stays(tmp_path):
    text = "Peter Holm said: “We stay here. All of us.” Anna Berg left."
    before = find_spoken(tmp_path, text)[3]["content"].tolist()
    assert before == ["“We stay here. All of us.”"]
    whole = {"Peter Holm said: “We stay here.": "We stay here."}
    after, made, *_ = take_over(tmp_path, whole, text)
    # A machine that says four fifths of the same is right: nothing to take over.
    assert after == before and made.empty
    part = {"Peter Holm said: “We stay here.": "here."}
    assert take_over(tmp_path, part, text)[0] == ["here. All of us.”"]


def test_answers_of_what_was_never_said_or_cannot_be_corrected_are_refused(found, tmp_path):
    articles, _, sentences, quotes = find_spoken(tmp_path)
    sample = wb.sample_rows(sentences, sentences, 9, task="content")
    codings = code(sample, {"“It rains,” Peter Holm said.": "It snows"})
    with pytest.raises(WorkbookError, match="“It snows” does not stand in the sentence ““It r"):
        wb.write_corrections(codings, quotes, articles)
    assert not (tmp_path / "story.corrections.csv").exists()
    for task, answer in (("sentence", "part"), ("boilerplate", "boilerplate")):
        sample = wb.sample_rows(sentences, sentences, 1, task=task)
        row = sample.assign(coder="anna", answer=answer, note=None)
        codings = wb.schema.table(row[wb.schema.columns("codings")], "codings")
        with pytest.raises(WorkbookError, match="what belongs to the page they cannot say"):
            wb.write_corrections(codings, sentences, articles)
        path = tmp_path / f"story.{task}.codings.csv"
        desk = open_desk(sample, path, table=sentences, articles=articles)
        say(desk, item=sample["item"].iloc[0], answer=answer, note="")
        assert not desk.correctable
        assert desk.differing.endswith("cannot be taken over: no correction says them.")


def test_words_that_a_spreadsheet_would_reckon_are_taken_over_as_they_stand(tmp_path):
    text = 'Peter Holm said that "=1+1 is two" is so. Anna Berg left Vienna.'
    answers = {text.partition(" Anna")[0]: "=1+1 is two"}
    after, made, *_ = take_over(tmp_path, answers, text)
    assert after == ["=1+1 is two"] and made["outcome"].tolist() == ["applied to 1 quotation"]
    written = (tmp_path / "story.corrections.csv").read_text(encoding="utf-8")
    assert "'=1+1 is two" in written


# Sheets


def test_a_sheet_has_rules_boxes_and_no_markup_of_the_text():
    tables = find_all(wb.read_texts(NASTY))
    shown = wb.draw_coding_sheet(tables["sample"])
    assert "<img src=x" not in shown.data and "&lt;img src=x" in shown.data
    assert shown.data.count("☐ cannot tell") == len(tables["sample"])
    assert "In doubt: neutral." in shown.data and shown.still.count("<li>") == 2
    assert "nothing to code" in wb.draw_coding_sheet(tables["sample"][:0]).data


# The report


def write_story(folder, text=TEXT):
    (folder / "story.txt").write_text(text, encoding="utf-8")
    return wb.read_articles(folder / "story.txt")


def read_page(path):
    text = re.sub("<[^>]*>", "", path.read_text(encoding="utf-8").rpartition("</nav>")[2])
    return re.sub(r"\s+", " ", unescape(text))


def test_a_report_counts_the_tones_taken_over_and_does_not_measure_by_them(tmp_path):
    articles = write_story(tmp_path)
    tables = find_all(articles)
    path = wb.write_codings(tables["sample"], tmp_path / "story.codings.csv", coder="anna")
    for item in tables["sample"]["item"]:
        write_answer(path, item, "positive", "")
    wb.write_corrections(wb.read_codings(path), tables["stance"], articles)
    with contextlib.chdir(tmp_path):
        assert main(["report", "story.txt", "--quiet"]) == 0
    said = read_page(tmp_path / "reports" / "story.html")
    assert re.search(r"Not measured. \d coded items? of the tone corrected by hand since", said)
    assert "coded: anna" in said and "applied to 1 mention" in said


def test_files_with_codings_are_no_articles_and_count_for_what_made_a_report(tmp_path):
    articles = write_story(tmp_path)
    alone = hash_beside(find_sources(tmp_path / "story.txt"))
    tables = find_all(articles)
    for name in ("story.codings.csv", "story.ben.codings.csv", "story2.codings.csv"):
        wb.write_codings(tables["sample"], tmp_path / name, coder=name)
    assert len(wb.read_articles(tmp_path)) == 1
    with_codings = hash_beside(find_sources(tmp_path / "story.txt"))
    assert with_codings != alone
    coders = ["story.ben.codings.csv", "story.codings.csv"]
    assert wb.read_codings(articles=articles)["coder"].unique().tolist() == coders
    (tmp_path / "story2.codings.csv").unlink()
    assert hash_beside(find_sources(tmp_path / "story.txt")) == with_codings


def test_a_file_of_another_article_is_named_in_the_report_which_is_made_all_the_same(
    found, tmp_path
):
    articles = write_story(tmp_path, "Anna Berg lied. It rains in Vienna.")
    path = wb.write_codings(found["sample"], tmp_path / "story.codings.csv", coder="anna")
    with pytest.raises(WorkbookError, match="5 items of 5 are of another article"):
        wb.read_codings(articles=articles)
    assert wb.read_codings(articles=articles, strict=False).empty
    check = wb.describe_check(articles, found["stance"])
    assert check.startswith(f"**Not used.** {path}: 5 items of 5 are of another article")
    assert "\nNothing is coded here" in check


def test_the_worked_example_is_of_the_article_that_comes_along(seeds):
    codings = wb.read_codings("worked example", seeds.articles)
    assert len(codings) == 40 and codings["answer"].notna().all()
    assert wb.read_codings("worked example", wb.read_texts("It rains."), strict=False).empty


# In JupyterLab


CODE = """import pandas as pd
import analysis as wb
sample = pd.read_pickle("sample.pickle")
wb.code_rows(sample, wb.read_articles("story.txt"), coder="anna")"""


def write_notebook(folder):
    """A notebook of one cell."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": CODE}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = {
        "cells": [cell | {"outputs": [], "execution_count": None}],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "coding.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def lab(tmp_path):
    """JupyterLab as `workbook lab` opens it, on a folder with a story; the notebook's address."""
    tables = find_all(write_story(tmp_path))
    pd.to_pickle(tables["sample"], tmp_path / "sample.pickle")
    write_notebook(tmp_path)
    command = [sys.executable, "-m", "analysis", "lab", str(tmp_path), "--"]
    with running_lab(command, (), tmp_path / "log", "coding.ipynb") as address:
        yield address


def test_five_items_are_coded_by_keyboard_offline_and_stand_in_the_report(page, lab, tmp_path):
    page.goto(lab, wait_until="domcontentloaded")
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", timeout=90_000)
    page.locator(".jp-Notebook .jp-Cell").wait_for()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".wb-coding .passage:focus", timeout=90_000)
    group = page.get_by_role("radiogroup", name="In what tone does this passage speak")
    assert group.get_by_role("radio").all_inner_texts()[0] == "1 negative"
    for number, key in enumerate("12301", 1):
        page.keyboard.press(key)
        page.wait_for_selector(f".wb-coding .note:has-text('{number} answered')")
    page.wait_for_selector("text=All 5 are answered and saved in story.codings.csv")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("3")
    page.keyboard.press("n")
    page.keyboard.type("1 of a kind")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wb-coding .saved:has-text('All 5')")
    told = ["negative", "neutral", "positive", "positive", "negative"]
    codings = wait_for_answers(tmp_path / "story.codings.csv", told, "1 of a kind")
    assert set(codings["coder"]) == {"anna"}
    # The keys are the widget's: none of them made the cell a heading, or asked for a restart.
    assert page.locator(".jp-CodeCell").count() == 1 and not page.locator(".jp-Dialog").count()
    assert page.left == []
    with contextlib.chdir(tmp_path):
        assert main(["report", "story.txt", "--quiet"]) == 0
    said = read_page(tmp_path / "reports" / "story.html")
    assert re.search(r"anna coded the tone of 5 mentions: the machine agreed in \d \(", said)


def wait_for_answers(path, told, note):
    """The codings once they are as told; each answer is written by itself."""
    until = time.monotonic() + 30
    while True:
        codings = wb.read_codings(path)
        if codings["answer"].tolist() == told and note in codings["note"].tolist():
            return codings
        assert time.monotonic() < until, codings[["answer", "note"]]
        time.sleep(0.05)


@pytest.mark.parametrize(
    "head",
    [
        "action,start,end,text,actor,actor type,kind,to\ndrop,,,,Vienna,,,\n",
        "sep=;\naction;start;end;text;actor;actor_type;kind;to;note\ndrop;;;;Vienna;;;;\n",
        "\n\naction;start;end;text;actor;actor_type;kind;to;note\ndrop;;;;Vienna;;;;\n",
    ],
)
def test_corrections_are_written_below_whatever_the_reader_reads(head, tmp_path):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "story.corrections.csv").write_text(head, encoding="utf-8")
    articles = wb.read_articles(tmp_path / "story.txt")
    tables = find_all(articles)
    wb.write_corrections(code_otherwise(tables["who"].head(1)), tables["mentions"], articles)
    asked = wb.read_corrections(articles)
    assert asked["action"].tolist() == ["drop", "split"] and asked["outcome"].isna().all()
    assert asked["to"].tolist()[1] == "Somebody new"


def code_otherwise(sample):
    """Codings of a sample by which each item means somebody whom the machine does not know."""
    rows = sample.assign(coder="anna", answer="Somebody new", note=None)
    return wb.schema.table(rows[wb.schema.columns("codings")], "codings")


def test_where_one_file_is_broken_no_other_is_changed(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} Story {name}.", encoding="utf-8")
    articles = wb.read_articles([tmp_path / "a.txt", tmp_path / "b.txt"])
    tables = find_all(articles)
    (tmp_path / "b.corrections.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    sample = wb.sample_rows(tables["mentions"], tables["sentences"], 99)
    with pytest.raises(WorkbookError, match="b.corrections.csv.*Nothing was changed"):
        wb.write_corrections(code_otherwise(sample), tables["mentions"], articles)
    assert not (tmp_path / "a.corrections.csv").exists()


def test_what_nobody_could_tell_is_not_offered_to_be_taken_over(tmp_path):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    tables = find_all(wb.read_articles(tmp_path / "story.txt"))
    path = tmp_path / "story.actor.codings.csv"
    desk = open_desk(tables["who"], path, table=tables["mentions"], articles=tables["articles"])
    for row in tables["who"].itertuples():
        say(desk, item=row.item, answer="cannot tell", note="")
    assert desk.differing.startswith("The machine answers 5 of these 5 differently.")
    assert not desk.correctable


def test_a_name_with_a_stroke_makes_no_file_in_a_folder_that_is_not_there(found, tmp_path):
    shown = wb.code_rows(found["sample"], tmp_path / "Anna/Bob.codings.csv", coder="Anna/Bob").data
    assert "no such folder" in shown and "has no / in it" in shown
