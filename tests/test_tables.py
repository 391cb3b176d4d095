"""What every table promises, whatever the text: columns, types, spans, order, nothing lost."""

import re
import warnings
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from addresses import find_behind, read_address
from hypothesis import example, given, settings, strategies as st
from IPython.display import HTML

import analysis as wb
from analysis.errors import SchemaError
from analysis.measure.addresses import BEHIND, address_counts
from analysis.models import run_model
from analysis.parse.tokens import ATTRIBUTES
from analysis.show.passages import collect_passages

WORDS = (
    "Iran Iranian Tehran U.S. Raisi Joe Biden Ann Miller won’t Iran-backed NATO Jan. "
    "3.5 $20 #tag @a https://a.b/c?d=e grave threat not but GOOD"
)
MARKS = (
    ". ! ? … ... , : ; “ ” \" ' ’ ‘ « » `` '' ( ) [ ] [1] - – — / \\ & < > * _ # @ "
    "🌧 👍🏽 👨‍👩‍👧 é سلام שלום 雨 ﷽ İ ﬁ"
)
UNSEEN = [
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\u2028",
    "\u0301",
    "\u3000",
    "\x1c",
    "\x85",
]
TEXTS = st.text() | st.lists(
    st.sampled_from(WORDS.split()) | st.sampled_from(MARKS.split()) | st.sampled_from(UNSEEN)
).map("".join)


def read(*texts):
    with warnings.catch_warnings(action="ignore"):
        return wb.read_texts([*texts, "It rained in Linz.\n\nShare this article"])


def make_tables(articles):
    """Every table of the schema, made of `articles` by the public functions."""
    made = {"articles": articles, "boilerplate": wb.find_boilerplate(articles)}
    made |= find_tables(articles)
    made |= count_tables(made)
    made |= score_tables(made)
    made |= code_tables(made)
    made["headline"] = wb.compare_headline(
        articles, made["tokens"], made["mentions"], made["quotes"], made["speech"]
    )
    made["left_out"] = wb.describe_left_out(
        articles, made["mentions"], made["stance"], made["quotes"], made["dates"]
    )
    return made


def find_tables(articles):
    """The parse of the articles and all that is found in it."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    dates = wb.find_dates(articles, tokens, speech)
    figures = wb.find_figures(articles, tokens, dates)
    conflicts = wb.find_conflicts(articles, tokens, figures, mentions, dates, alike=0)
    return {
        "sentences": sentences,
        "tokens": tokens,
        "speech": speech,
        "mentions": mentions,
        "quotes": wb.find_quotes(articles, tokens, mentions, speech),
        "hits": find_quietly(wb.find_words, articles, tokens),
        "copies": wb.find_copies(articles, tokens, words=3),
        "concordance": find_quietly(wb.find_keyword, tokens),
        "terms": wb.find_terms(tokens, "loaded"),
        "actions": wb.find_actions(mentions, tokens),
        "hearsay": wb.find_hearsay(tokens),
        "missing_doers": wb.find_missing_doers(articles, tokens, mentions),
        "labels": wb.find_labels(articles, tokens, mentions),
        "dates": dates,
        "figures": figures,
        "conflicts": conflicts,
        "disputed": wb.select_disputed(conflicts),
        "told_alone": wb.find_told_alone(articles, tokens, mentions, figures, speech, alike=0),
        "events": wb.find_events(articles, tokens, dates, mentions),
    }


def compare_quietly(mentions, articles, **coded):
    """Articles compared, without the columns that name what; nothing of a single one."""
    if articles["left_out"].isna().sum() < 2:
        return wb.schema.table([], "comparison_coded" if coded else "comparison")
    compared = wb.compare_groups(mentions, articles, by="article", **coded)
    return compared.drop(columns=["actor", "article"])


def find_quietly(find, *tables):
    """Words that may be nowhere."""
    with warnings.catch_warnings(action="ignore"):
        return find(*tables, ["Iran", "the", "threat"])


def count_tables(found):
    """The tables that count what was found."""
    tokens, mentions = found["tokens"], found["mentions"]
    speech, quotes = found["speech"], found["quotes"]
    vouching = wb.find_vouching(quotes, tokens, mentions)
    choices = wb.compare_choices(mentions)
    places = wb.find_places(mentions)
    with warnings.catch_warnings(action="ignore"):
        near = wb.select_collocates(tokens, ["Iran", "the"], pos=None)
    counts = {"word_counts": wb.count_words(tokens, n=2, pos=None)}
    for name, score in SCORES.items():
        # Their texts are articles here.
        counts[name] = score(tokens).drop(columns="doc_id")
    return counts | {
        "collocate_places": near,
        "collocates": wb.count_collocates(tokens, min_n=1),
        "keyness": wb.compare_words(tokens.head(3), tokens, min_n=1),
        "matrix": wb.count_matrix(tokens),
        "copy_counts": wb.count_copies(found["copies"], tokens),
        "disputed_counts": wb.count_disputed(found["disputed"], found["articles"]),
        "groups": wb.describe_groups(found["articles"], tokens).drop(columns="article"),
        "comparison": compare_quietly(mentions, found["articles"]),
        "term_counts": wb.count_terms(found["terms"], tokens),
        "words": wb.count_words(tokens, pos=None),
        "actors": wb.count_actors(mentions, tokens),
        "prominence": wb.count_prominence(mentions, tokens),
        "roles": wb.count_roles(mentions),
        "salience": wb.score_salience(mentions),
        "vouching": vouching,
        "vouching_counts": wb.count_vouching(vouching, speech, tokens),
        "missing_doer_counts": wb.count_missing_doers(found["missing_doers"]),
        "label_counts": wb.count_labels(found["labels"]),
        "comentions": wb.count_comentions(mentions),
        "timelines": wb.describe_timeline(found["events"]),
        "places": places,
        "place_counts": wb.count_places(places),
        "choices": choices,
        "choices_described": wb.describe_choices(choices),
        "cues": wb.count_cues(quotes),
        "voices": wb.count_voices(quotes, speech, mentions),
        "voiced": wb.select_voiced(quotes, speech, found["sentences"]),
        "anonymous_quotes": wb.select_anonymous(quotes),
        "talk": wb.count_talk(quotes, speech, mentions),
    }


def score_tables(found):
    """The tables of tone."""
    sentences, speech = found["sentences"], found["speech"]
    tone_words = wb.score_tone_words(sentences)
    stance = wb.score_stance(found["mentions"], sentences, found["quotes"], speech)
    names = {"Iran": "Iran", "İran’s “<b>": "Iran"}
    swaps = wb.score_name_swaps(
        stance.head(3), sentences, "nationality", speech=speech, names=names
    )
    return {
        "sentiment": wb.score_sentiment(sentences),
        "paragraph_sentiment": wb.score_sentiment(sentences, by="paragraph"),
        "tone_words": tone_words,
        "tone_word_counts": wb.count_tone_words(tone_words),
        "stance": stance,
        "stance_counts": wb.count_stance(stance),
        "stance_words": wb.score_stance_words(stance.head(1), sentences, speech),
        "methods": wb.compare_methods(stance, sentences, speech),
        "name_swaps": swaps,
        "name_swap_counts": wb.count_name_swaps(swaps),
        "worst_swaps": wb.compare_name_swaps(swaps),
    }


def code_tables(found):
    """What a coder's sample makes of the numbers."""
    stance, sentences, mentions = found["stance"], found["sentences"], found["mentions"]
    sample = wb.sample_rows(stance, sentences, 9, by="label")
    columns = wb.schema.columns("codings")
    codings = sample.assign(coder="a", answer="neutral", note=None)[columns]
    codings = wb.schema.table(codings, "codings")
    voices = wb.count_voices(found["quotes"], found["speech"], mentions, coded="borrowed")
    return {
        "samples": sample,
        "agreement": wb.score_agreement(codings, stance),
        "disagreements": wb.select_disagreements(codings, stance),
        "class_answers": wb.count_answers(codings, stance),
        "class_agreement": wb.score_class(codings, stance),
        "class_coders": wb.score_coders(codings, stance),
        "precision": wb.describe_precision(codings, stance, "neutral"),
        "stance_counts_coded": wb.count_stance(stance, coded=codings),
        "stance_comparison": wb.compare_stance(stance, coded=codings, least=1),
        "actors_coded": wb.count_actors(mentions, coded=codings),
        "voices_coded": voices,
        "roles_coded": wb.count_roles(mentions, coded=codings),
        "cues_coded": wb.count_cues(found["quotes"], coded="borrowed"),
        "comparison_coded": compare_quietly(mentions, found["articles"], coded=codings),
    }


SCORES = {"diversity": wb.score_diversity, "readability": wb.score_readability}


def check_columns_and_types(tables):
    for name, table in tables.items():
        assert table.columns.tolist() == wb.schema.columns(name), name
        types = {column: str(dtype) for column, dtype in table.dtypes.items()}
        assert types == {column: wb.schema.dtype_of(column, name) for column in table}, name
        assert table.index.equals(pd.RangeIndex(len(table))), name


def in_order(place):
    """As the rows of a table stand: by article, by start, the longer first."""
    article, start, end = place
    return article, start, -end


def check_that_spans_hold_in_order(tables):
    texts = tables["articles"].set_index("doc_id")["text"]
    spans = {name: table for name, table in tables.items() if "start" in table}
    for name, table in spans.items():
        places = [
            (texts.index.get_loc(row.doc_id), row.start, row.end) for row in table.itertuples()
        ]
        assert all(0 <= start < end <= len(texts.iloc[doc]) for doc, start, end in places), name
        if name in RANKED:
            places.sort(key=in_order)
        if name in NESTED:
            assert places == sorted(places, key=in_order), f"{name}: not sorted"
        else:
            for one, two in pairwise(places):
                assert one[0] < two[0] or one[2] <= two[1], f"{name}: not sorted, or overlapping"
        pieces = [texts[row.doc_id][row.start : row.end] for row in table.itertuples()]
        for column in {"text", "token", "hit"} & set(table):
            assert pieces == table[column].tolist(), name
        if "sentence_id" in table and name not in LONGER:
            inside = table.merge(
                tables["sentences"],
                on=["doc_id", "sentence_id", "paragraph_id"],
                suffixes=["", "_of_sentence"],
                how="left",
            )
            assert (inside["start"] >= inside["start_of_sentence"]).all(), name
            assert (inside["end"] <= inside["end_of_sentence"]).all(), name


# A quotation can have several sentences.
LONGER = ("copies", "speech", "quotes", "anonymous_quotes", "vouching")
# A name can stand inside a description, and one verb can be done to several.
NESTED = (
    "copies",
    "disputed",
    "samples",
    "class_answers",
    "disagreements",
    "mentions",
    "actions",
    "speech",
    "quotes",
    "anonymous_quotes",
    "stance",
    "methods",
    "stance_words",
    "name_swaps",
    "worst_swaps",
    "labels",
    "headline",
    "vouching",
    "places",
    "conflicts",
)
# These are in an order of their own.
RANKED = (
    "samples",
    "class_answers",
    "speech",
    "methods",
    "stance_words",
    "name_swaps",
    "worst_swaps",
)


def visible(text):
    return "".join(text.split())


def check_that_nothing_is_lost(tables):
    pieces = pd.concat([tables["sentences"], tables["boilerplate"]]).sort_values("start")
    kept = pieces.groupby("doc_id")["text"].agg("".join)
    articles = tables["articles"]
    for article in articles[articles["left_out"].isna()].itertuples():
        assert visible(kept[article.doc_id]) == visible(article.text)
    tokens = tables["tokens"].groupby(["doc_id", "sentence_id"])["token"].agg("".join)
    sentences = tables["sentences"].set_index(["doc_id", "sentence_id"])["text"]
    assert tokens.map(visible).to_dict() == sentences.map(visible).to_dict()


def check_that_counts_add_up(tables):
    rows = {name: len(table) for name, table in tables.items()}
    n = {name: table["n"].sum() for name, table in tables.items() if "n" in table}
    assert n["words"] == tables["tokens"]["token"].str.contains(r"^[^\W_]").sum()
    assert n["actors"] == len(wb.select_counted(tables["mentions"]))
    assert n["roles"] == n["prominence"] == n["actors"]
    assert rows["stance"] == rows["mentions"]
    assert n["stance_counts"] == len(wb.select_toned(tables["stance"])) == rows["methods"]
    labelled = tables["stance_counts"].filter(like="n_")
    assert n["stance_counts"] == labelled.sum(axis=None)
    assert n["tone_word_counts"] == rows["tone_words"]
    assert n["paragraph_sentiment"] == rows["sentiment"] == rows["sentences"]


def check_the_parse(tables):
    assert tables["tokens"][["lemma", "pos", "tag", "dep"]].notna().all(axis=None)
    for _, tokens in tables["tokens"].groupby(["doc_id", "sentence_id"]):
        reached = {0}
        for _ in tokens["token_id"]:
            reached |= set(tokens.loc[tokens["head"].isin(reached), "token_id"])
        assert sorted(reached) == [0, *tokens["token_id"]] == list(range(len(tokens) + 1))
        assert (tokens["head"] == 0).sum() == 1
        assert re.fullmatch(
            r"(?:(?:O|B-(\w+)(?: I-\1)*)(?: |$))+", " ".join(tokens["ent"].fillna("O"))
        )


OTHERS = (
    "vouching",
    "labels",
    "terms",
    "figures",
    "conflicts",
    "told_alone",
    "events",
    "places",
    "copies",
    "disputed",
)


def check_that_numbers_lead_to_their_passages(tables):
    names = ("sentences", "tokens", "stance", "quotes", "speech", "dates")
    others = {name: tables[name] for name in OTHERS}
    passages = collect_passages(
        *(tables[name] for name in names), missing=tables["missing_doers"], **others
    )
    unnamed = wb.count_actors(tables["mentions"], types="unnamed")
    tables = {**tables, "unnamed": unnamed}
    for name, counted in BEHIND.items():
        for column in set(counted) & set(tables[name]):
            addresses = address_counts(tables[name], name, column)
            if column not in MEASURED:
                nothing = tables[name][column].fillna(0) == 0
                assert [address is None for address in addresses] == nothing.tolist()
            for address in filter(None, addresses):
                rows, total = find_behind(address, passages)
                assert len(rows), address
                assert read_address(address)[2] in (None, total), address


# These are no counts: a 0 has passages, too.
MEASURED = ("score", "compound")


def check_that_the_reading_view_shows_the_article(tables):
    view = wb.draw_article(
        tables["articles"],
        tables["sentences"],
        tables["tokens"],
        tables["stance"],
        tables["quotes"],
        tables["speech"],
        tables["dates"],
    )
    pieces = re.findall(
        r'<div class="text">(.*)</div><script type="application/json">', view.data, re.DOTALL
    )[0]
    shown = Page(
        HTML(re.sub(r'<h4>.*?</h4>|<sup>\d+</sup>|<span class="pn"[^>]*>¶\d+</span>', "", pieces))
    )
    # Also what is nothing but boilerplate is shown, struck through.
    drawn = pd.concat([tables["sentences"]["doc_id"], tables["boilerplate"]["doc_id"]])
    articles = tables["articles"][tables["articles"]["doc_id"].isin(drawn)]
    assert visible(shown.text) == visible("".join(articles["text"]))
    assert shown.elements <= {"p", "span"}


CHECKED = [
    check_columns_and_types,
    check_that_spans_hold_in_order,
    check_that_nothing_is_lost,
    check_that_counts_add_up,
    check_the_parse,
    check_that_numbers_lead_to_their_passages,
    check_that_the_reading_view_shows_the_article,
]


# Given by whoever uses the workbook, or about the workbook and the file: nothing found in a text.
GIVEN = {
    "aliases",
    "class_files",
    "codings",
    "corrections",
    "corrections_made",
    "dictionary",
    "edits",
}
# Of several articles.
ACROSS = {"same_actors", "near_copies"}
ABOUT = {"accuracy", "fairness", "models", "reliability", "run", "source"}


def test_every_table_of_the_schema_is_checked_here():
    tables = make_tables(read("Raisi left Iran."))
    assert set(tables) == set(wb.schema.TABLES) - GIVEN - ABOUT - ACROSS


@settings(max_examples=3, deadline=None)
@given(TEXTS)
@example("#B")
@example("0\x8ba")
def test_every_table_of_any_text_keeps_what_it_promises(text):
    tables = make_tables(read(text, "Raisi left Iran: a grave threat!"))
    for check in CHECKED:
        check(tables)


@pytest.fixture(scope="module")
def seeds_tables(seeds):
    """Every table of the article that comes with the workbook."""
    return make_tables(seeds.articles)


@pytest.mark.slow
@pytest.mark.xdist_group("seeds_tables")
def test_every_table_of_the_seeds_article_keeps_what_it_promises(seeds_tables):
    for check in CHECKED:
        check(seeds_tables)


@pytest.mark.slow
@pytest.mark.xdist_group("seeds_tables")
def test_no_function_changes_the_tables_of_its_caller(seeds_tables):
    tables = seeds_tables
    before = {name: table.copy(deep=True) for name, table in tables.items()}
    articles, tokens, speech = tables["articles"], tables["tokens"], tables["speech"]
    find_tables(articles)
    wb.find_words(articles, tokens, "Iran")
    wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens, speech), speech)
    count_tables(tables)
    score_tables(tables)
    wb.count_actors(tables["mentions"], tokens, by=["paragraph_id", "kind"])
    wb.draw_article(articles, tables["sentences"])
    wb.draw_passages(tables["mentions"], tables["sentences"])
    for name, table in tables.items():
        wb.draw_table(table)
        pd.testing.assert_frame_equal(table, before[name])


@pytest.mark.parametrize(
    "articles",
    [read().iloc[:0], read().assign(left_out="strange"), read().assign(text="Share this article")],
)
def test_of_nothing_come_empty_tables_with_all_columns(articles):
    tables = make_tables(articles)
    check_columns_and_types(tables)
    # What is left out is listed of any articles.
    listed = {"articles", "groups", "boilerplate", "left_out"}
    assert {name for name, table in tables.items() if len(table)} <= listed


CHECKS = {  # table, its name, what the message says
    "no table": (
        [1],
        "tokens",
        (
            "expected the tokens table .a pandas DataFrame., got list. "
            "Make one with split_tokens.articles."
        ),
    ),
    "no such column": (
        pd.DataFrame({"a": [1]}),
        "articles",
        "not an articles table: no column `doc_id`. Make one with read_articles",
    ),
    "misspelt": (
        read().rename(columns={"text": "texts"}),
        "articles",
        "no column `text`. Did you mean `texts`. Rename it.",
    ),
    "another word": (
        read().rename(columns={"text": "body"}),
        "articles",
        "no column `text`. (Did you mean `body`|Make one with)",
    ),
    "a column like it": (
        wb.schema.table([], "tokens").drop(columns="token_id"),
        "tokens",
        "no column `token_id`. Make one with",
    ),
}


@pytest.mark.parametrize("table, name, message", CHECKS.values(), ids=CHECKS)
def test_a_wrong_table_is_refused_with_the_mend(table, name, message):
    with pytest.raises(SchemaError, match=message):
        wb.schema.check(table, name)


class Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, the text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.attributes, self.text, self.scripts = set(), set(), "", []
        self.feed(html.data)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.scripts += [dict(attrs).get("type")] * (tag == "script")
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def test_a_text_full_of_markup_is_shown_and_never_run():
    nasty = """<script>alert(1)</script> Iran" onmouseover="alert(1) & \
<img src=x onerror='alert(1)'> &lt;b&gt; </td></style>"""
    articles = read(nasty).assign(title=nasty)
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences)).assign(actor=nasty)
    drawn = [
        wb.draw_article(articles, sentences),
        wb.draw_passages(mentions, sentences),
        wb.draw_note(nasty),
        wb.draw_table(sentences),
    ]
    for page in map(Page, [*drawn, wb.draw_table(articles.rename(columns={"text": nasty}))]):
        assert not page.elements & {"img", "b"}
        assert page.scripts == (
            ["application/json", None] if "section" in page.elements else []
        )  # the reading view's own
        assert not [name for name in page.attributes if name.startswith("on")]
        assert visible(nasty) in visible(page.text)


LONG = {
    "quotation marks": "a" + '"' * 15_000,
    "one word of full stops": "a." * 15_000,
    "words": "Iran said that the rain was not good. " * 900,
    "words without a full stop": "rain " * 12_000,
    "numbers, brackets and ellipses": "Iran 1.2 ([{ !? a…b " * 600,
    "lines": "a\n" * 1_500,
}


def run_once(name, rows, **options):
    """The outputs of a model, which here reads the same words once only."""
    asked = {repr(row): row for row in rows}
    found = dict(zip(asked, run_model(name, list(asked.values()), **options), strict=True))
    return [found[repr(row)] for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_very_long_text_is_no_trouble(text, monkeypatch):
    def say_nothing(_, docs):
        return {name: np.zeros(sum(map(len, docs)), dtype="uint64") for name in ATTRIBUTES}

    # The models read so many words a second, whatever the text; all else is what is tried here.
    monkeypatch.setattr("analysis.parse.tokens.read_codes", say_nothing)
    monkeypatch.setattr("analysis.find.names.encoder.run_model", run_once)
    monkeypatch.setattr("analysis.measure.tone.model.run_model", run_once)
    tables = make_tables(read(text))
    check_that_nothing_is_lost(tables)
    assert len(wb.draw_article(tables["articles"], tables["sentences"]).data) > len(text)
