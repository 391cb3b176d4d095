import itertools
import json
import re

import altair as alt
import pandas as pd
import pytest
import vl_convert

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.mentions import CHOOSABLE
from analysis.schema import table
from analysis.show.charts.parts import MOST_MARKS, WORDING_COLOURS, WORDINGS
from analysis.show.charts.places import LOOKS
from analysis.show.charts.stance import describe_shares
from analysis.show.figure import render_chart
from analysis.show.theme import GREY

HOSTILE = "</script><script>alert(1)</script>"
ACTORS = table([("Iran", "state", 3, 0.6, 5.0), ("Raisi", "person", 2, 0.4, 3.3)], "actors")
WORDS = table(
    [("sanction", "NOUN", 2, 0.2, 200.0, 1), ("Iran", "PROPN", 1, 0.1, 100.0, 1)], "words"
)
SENTIMENT = table(
    [
        ("a", 1, 1, 0, 5, "Good.", 0.0, 0.3, 0.7, 0.5, "positive"),
        ("a", 2, 1, 6, 11, "Bad.", 0.7, 0.3, 0.0, -0.6, "negative"),
    ],
    "sentiment",
)
TONE_WORDS = table([("bad", 2, -5.0), ("good", 1, 1.9)], "tone_word_counts")
BY_PARAGRAPH = ACTORS.assign(paragraph_id=[1, 2])
BY_KIND = pd.concat([ACTORS, ACTORS]).assign(kind=["name", "alias", "pronoun", "description"])
ROLES = table(
    [
        ("Iran", "state", "agent", 2, 0.5),
        ("Iran", "state", "other", 2, 0.5),
        ("Raisi", "person", "addressee", 2, 0.7),
        ("Raisi", "person", "patient", 1, 0.3),
    ],
    "roles",
)
PAIRS = table([("Iran", "Raisi", 3, 0.5), ("Iran", "Israel", 1, 0.2)], "comentions")
CHOICES = table(
    [
        ("names", "Iran", "state", 3, 1),
        ("names", "Raisi", "person", 2, 2),
        ("all", "Raisi", "person", 5, 1),
        ("all", "Iran", "state", 4, 2),
    ],
    "choices",
)


def make_parse(text):
    """Tokens and mentions of a text: each word with a capital a mention; a bar parts paragraphs."""
    tokens, mentions, paragraph = [], [], 1
    for word in re.finditer(r"\S+", text):
        place = ("a", paragraph, paragraph)
        paragraph += word[0] == "|"
        if word[0] != "|":
            tokens.append(
                (*place, 1, word.start(), word.end(), word[0], word[0], "X", "X", 0, "ROOT", None)
            )
        if word[0].istitle():
            kind = "pronoun" if word[0] == "He" else "name"
            actor = "Raisi" if kind == "pronoun" else word[0]
            mentions.append(
                (
                    *place,
                    word.start(),
                    word.end(),
                    word[0],
                    actor,
                    "person",
                    kind,
                    "listed",
                    "by hand",
                    "agent",
                    "rest",
                    paragraph > 1,
                )
            )
    return table(mentions, "mentions"), table(tokens, "tokens")


MENTIONS, TOKENS = make_parse(
    "Iran met Raisi and then He left Iran | Israel met Raisi and Israel stays and Israel left"
)

STANCE_COUNTS = table(
    [
        ("Iran", "state", 8, 6, 4, 3, 0, 1, 0.5, 0.3, 0.7),
        ("Israel", "state", 6, 5, 1, 3, 2, 0, 0.17, 0.05, 0.2),
        ("Raisi", "person", 1, 1, 1, 0, 0, 0, None, None, None),
    ],
    "stance_counts",
)
BY_SPEAKER = STANCE_COUNTS.assign(speaker=["journalist", "Raisi", "journalist"])
STANCE = table(
    MENTIONS.assign(unread=0, tone=-0.5, label=["negative", *[None] * (len(MENTIONS) - 1)]),
    "stance",
)
SWAPS = table(
    [("Iran", "Iran", 3, -0.5, -0.1, -0.2), ("Sweden", "Sweden", 3, -0.3, 0.1, 0.3)],
    "name_swap_counts",
)
RELIABILITY = pd.DataFrame(
    [(0.5, 0.6, 10, 0.55, 0.53), (0.9, 1.0, 30, 0.96, 0.96)],
    columns=["low", "high", "n", "sure", "right"],
)

DRAWN = {
    "stance": (
        wb.draw_stance,
        [STANCE_COUNTS],
        "Iran stands most often in a negative light: 4 of 8 mentions (30 to 70 %)",
    ),
    "stance along": (
        wb.draw_stance_along,
        [STANCE],
        "1 of 8 mentions stand in a negative light, 0 in a positive one",
    ),
    "stance matrix": (
        wb.draw_stance_matrix,
        [BY_SPEAKER],
        "The journalist on Iran: 4 of 8 mentions in a negative light, the largest share",
    ),
    "name swaps": (
        wb.draw_name_swaps,
        [SWAPS],
        "With Iran the same sentences score lowest, with Sweden highest: 0.20 apart",
    ),
    "reliability": (
        wb.draw_reliability,
        [RELIABILITY],
        "How sure the model is and how often it is right differ by 0.5 points on average",
    ),
    "words": (
        wb.draw_words,
        [WORDS],
        "“sanction” is the most frequent word: twice, 200.0 in 1,000 words",
    ),
    "tone": (wb.draw_tone, [SENTIMENT], "1 of 2 sentences are worded negatively, 1 positively"),
    "tone words": (
        wb.draw_tone_words,
        [TONE_WORDS],
        "“bad” weighs most in the scores: -5.0, twice",
    ),
    "actors": (wb.draw_actors, [ACTORS], "Iran is mentioned most often: 3 of 5 mentions"),
    "actors by kind": (wb.draw_actors, [BY_KIND], "Iran is mentioned most often: 6 of 10 mentions"),
    "by paragraph": (
        wb.draw_actors_by_paragraph,
        [BY_PARAGRAPH, 2],
        "Iran and Raisi are mentioned in 1 of 2 paragraphs, more than anybody else",
    ),
    "dispersion": (
        wb.draw_dispersion,
        [MENTIONS, TOKENS],
        "Raisi is mentioned in 2 of 2 paragraphs",
    ),
    "roles": (wb.draw_roles, [ROLES], "Iran acts in 2 of 4 mentions, Raisi in 0 of 3"),
    "co-mentions": (
        wb.draw_comentions,
        [PAIRS],
        "Iran and Raisi are mentioned together most often: 3 times",
    ),
    "choices": (
        wb.draw_choices,
        [CHOICES],
        "Iran is mentioned most under 1 of 2 ways of counting: it depends on what counts",
    ),
}


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_a_chart_states_its_finding_as_title_and_alt_text(draw, arguments, finding):
    spec = draw(*arguments).to_dict()
    assert spec["title"]["text"] == finding
    assert spec["description"].startswith(f"{finding}. ")
    assert spec["title"]["subtitle"]


def flatten(spec):
    """The single views of a chart of layers or of charts side by side."""
    parts = spec.get("layer") or spec.get("hconcat")
    return [view for part in parts for view in flatten(part)] if parts else [spec]


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_every_axis_is_labelled_or_names_its_values(draw, arguments, finding):
    spec = draw(*arguments).to_dict()
    for layer in flatten(spec):
        for axis in (layer["encoding"].get(channel, {}) for channel in "xy"):
            names_its_values = "field" not in axis or axis["type"] == "nominal"
            is_hidden = axis.get("axis", True) is None
            assert names_its_values or is_hidden or axis.get("title")


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_an_empty_table_draws_a_note(draw, arguments, finding):
    spec = draw(arguments[0].head(0), *arguments[1:]).to_dict()
    assert spec["mark"]["type"] == "text"
    assert spec["description"] == spec["mark"]["text"]


def test_ties_share_the_title():
    tied = ACTORS.assign(n=[2, 2])
    assert (
        wb.draw_actors(tied).to_dict()["title"]["text"]
        == "Iran and Raisi are mentioned most often: each 2 of 4 mentions"
    )


def test_colours_are_the_same_in_every_chart():
    spec = wb.draw_actors(ACTORS).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "state": "#0072B2",
        "person": "#E69F00",
    }


def test_what_the_palette_does_not_know_is_grey():
    scale = wb.draw_actors(ACTORS.assign(actor_type=["state", "alien"])).to_dict()["layer"][0][
        "encoding"
    ]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "state": "#0072B2",
        "alien": GREY,
    }


def test_tone_of_two_articles_is_not_one_chart():
    two = SENTIMENT.assign(doc_id=["a", "b"])
    with pytest.raises(SchemaError, match="draws one article, and the table holds 2"):
        wb.draw_tone(two)


def test_the_wrong_table_is_refused_with_the_mend():
    with pytest.raises(SchemaError, match="no column `actor`. Make one with count_actors"):
        wb.draw_actors(WORDS)


def test_a_chart_is_a_picture_with_alt_text_that_a_script_makes_interactive():
    shown = render_chart(wb.draw_actors(ACTORS).to_dict())
    assert re.search(
        (
            r'<img class="still" src="data:image/svg\+xml;base64,[\w+/=]+" '
            r'alt="Iran is mentioned most often: 3 of 5'
        ),
        shown["text/html"],
    )
    assert shown["text/plain"].startswith("Iran is mentioned most often")
    assert "http" not in shown["text/html"].replace("https://vega.github.io/schema", "").replace(
        "http://www.w3.org", ""
    )


NAMES = {
    "markup": [HOSTILE, '" onerror="alert(1)', "<img src=x onerror=alert(1)>"],
    "other scripts": ["ישראל", "中华人民共和国", "\u202eevil"],
    "odd": ["", "constructor", "a\nb"],
    "long": ["x" * 300, "The Organisation for the Promotion of Long Names " * 5, "y" * 5000],
}


NAME_COLUMNS = ("actor", "other", "speaker")
NAMING = [key for key in DRAWN if {*NAME_COLUMNS} & set(DRAWN[key][1][0])]


@pytest.mark.slow
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "draw, arguments, finding",
    [DRAWN[key] for key in NAMING],
    ids=NAMING,
)
def test_any_name_is_drawn_and_stays_a_name(names, draw, arguments, finding):
    renamed = dict(zip(["Iran", "Raisi", "Israel"], names, strict=True))
    named = {
        column: arguments[0][column].map(renamed)
        for column in NAME_COLUMNS
        if column in arguments[0]
    }
    page = render_chart(draw(arguments[0].assign(**named), *arguments[1:]).to_dict())["text/html"]
    assert page.count("<script>") == 1
    assert "<img src=x" not in page
    assert HOSTILE not in page
    assert '" onerror="' not in page


def test_hostile_names_are_escaped_in_the_alt_text():
    page = render_chart(wb.draw_actors(ACTORS.assign(actor=[HOSTILE, "Iran"])).to_dict())[
        "text/html"
    ]
    assert 'alt="&lt;/script&gt;' in page


def test_the_same_chart_gives_the_same_bytes():
    first, second = (render_chart(wb.draw_words(WORDS).to_dict()) for _ in range(2))
    assert first == second


def test_vega_is_in_the_setup_cell_and_not_in_the_chart():
    assert len(wb.enable_charts().data) > 500_000
    assert len(json.dumps(render_chart(wb.draw_words(WORDS).to_dict()))) < 100_000


def test_a_renderer_that_the_user_chose_stays():
    with alt.renderers.enable("svg"):
        wb.draw_words(WORDS)
        assert alt.renderers.active == "svg"


def test_the_tone_of_a_very_long_article_is_drawn_in_runs_of_sentences():
    long = table(
        [
            (
                "a",
                n + 1,
                1,
                n,
                n + 1,
                "x",
                0.0,
                1.0,
                0.0,
                0.5 if n % 2 else -0.3,
                "positive" if n % 2 else "negative",
            )
            for n in range(6000)
        ],
        "sentiment",
    )
    spec = wb.draw_tone(long).to_dict()
    assert spec["title"]["text"] == "3000 of 6000 sentences are worded negatively, 3000 positively"
    assert "each bar is the mean of 20 sentences" in spec["title"]["subtitle"]
    (rows,) = spec["datasets"].values()
    assert [len(rows), rows[1]["sentence_id"], rows[1]["compound"]] == [300, 21, pytest.approx(0.1)]


def rows(spec, *wanted):
    """The rows of the first layer with all columns in `wanted`."""
    return next(data for data in spec["datasets"].values() if {*wanted} <= {*data[0]})


def channels(spec, field):
    """By which channels, other than its place, a chart tells the values of a field apart."""
    layers = [layer["encoding"].items() for layer in spec["layer"]]
    return {
        name
        for encoding in layers
        for name, channel in encoding
        if isinstance(channel, dict) and channel.get("field") == field
    } - {
        "x",
        "y",
        "detail",
    }


def test_what_colour_says_something_else_says_too():
    assert channels(wb.draw_dispersion(MENTIONS, TOKENS).to_dict(), "said") == {"color", "shape"}
    assert channels(wb.draw_choices(CHOICES).to_dict(), "moves") == {"color", "strokeDash"}
    assert channels(wb.draw_roles(ROLES).to_dict(), "deed") == {"fill", "stroke"}
    assert channels(wb.draw_actors(ACTORS).to_dict(), "actor_type") == {"color", "text"}


def test_a_long_title_has_several_lines_and_long_names_are_cut():
    title = wb.draw_roles(ROLES.assign(actor=["a" * 70] * 2 + ["b" * 45] * 2)).to_dict()["title"]
    assert title["text"] == [f"{'a' * 49}… acts in 2 of 4 mentions,", f"{'b' * 45} in 0 of 3"]


def test_of_three_hundred_actors_the_first_are_drawn():
    many = table([(f"actor {n}", "person", 300 - n, 0.1, 1.0) for n in range(300)], "actors")
    spec = wb.draw_actors(many, top=3).to_dict()
    assert [row["actor"] for row in rows(spec, "actor")] == ["actor 0", "actor 1", "actor 2"]
    assert spec["title"]["subtitle"] == "The 3 most mentioned of 300 actors"


def test_each_bar_is_divided_by_how_the_actor_is_referred_to():
    spec = wb.draw_actors(BY_KIND).to_dict()
    parts = [
        (row["actor"], row["wording"], row["left"], row["right"]) for row in rows(spec, "wording")
    ]
    assert parts == [
        ("Iran", "by name", 0, 3),
        ("Iran", "by pronoun", 3, 6),
        ("Raisi", "by name", 0, 2),
        ("Raisi", "by description", 2, 4),
    ]


def test_every_way_of_referring_that_can_be_chosen_has_its_own_look():
    assert set(WORDINGS) | {"name", "alias", "acronym", "metonym"} == set(CHOOSABLE["kind"])
    assert set(WORDINGS.values()) | {"by name"} == set(WORDING_COLOURS)
    assert len(set(WORDING_COLOURS.values())) == len(set(LOOKS["kind"][2])) == len(WORDING_COLOURS)


def test_an_actor_counted_by_paragraph_is_still_one_bar():
    spec = wb.draw_actors(pd.concat([BY_PARAGRAPH, BY_PARAGRAPH])).to_dict()
    assert [(row["actor"], row["n"]) for row in rows(spec, "actor", "n")] == [
        ("Iran", 6),
        ("Raisi", 4),
    ]


def test_what_an_actor_does_stands_right_of_the_middle_and_what_is_done_to_it_left():
    parts = [
        (row["actor"], row["role"], row["inner"], row["outer"])
        for row in rows(wb.draw_roles(ROLES).to_dict(), "outer")
    ]
    assert parts == [
        ("Iran", "agent", 0, 2),
        ("Raisi", "patient", 0, -1),
        ("Raisi", "addressee", -1, -3),
    ]


def test_where_nobody_acts_the_chart_says_so():
    assert (
        wb.draw_roles(ROLES.assign(role="other")).to_dict()["description"]
        == "Nobody acts or is acted upon"
    )


def test_a_mark_stands_at_its_word_and_its_tooltip_has_the_sentence():
    spec = wb.draw_dispersion(MENTIONS, TOKENS).to_dict()
    marks = [
        (row["actor"], row["word"], row["said"], row["paragraph_id"])
        for row in rows(spec, "sentence")
    ]
    assert marks[:4] == [
        ("Iran", 1, "by name", 1),
        ("Raisi", 3, "by name", 1),
        ("Raisi", 6, "by pronoun", 1),
        ("Iran", 8, "by name", 1),
    ]
    assert rows(spec, "sentence")[0]["sentence"] == "Iran met Raisi and then He left Iran"
    assert [(row["word"], row["number"]) for row in rows(spec, "number")] == [(1, "¶1"), (9, "¶2")]


def test_marks_can_tell_quotations_apart_and_nothing_else():
    spec = wb.draw_dispersion(MENTIONS, TOKENS, by="quoted").to_dict()
    assert {row["paragraph_id"]: row["said"] for row in rows(spec, "sentence")} == {
        1: "outside",
        2: "inside",
    }
    with pytest.raises(SchemaError, match="kind or quoted, not “colour”"):
        wb.draw_dispersion(MENTIONS, TOKENS, by="colour")


def test_an_actor_that_stands_in_one_quarter_only_is_named_in_the_title():
    parse = make_parse(
        "Iran is here and there | and Iran is here and there again and again "
        "| all of Israel met Israel and Israel"
    )
    assert wb.draw_dispersion(*parse).to_dict()["title"]["text"] == (
        "Iran is mentioned in 2 of 3 paragraphs; all 3 mentions of Israel stand in the last quarter"
    )


def test_a_dispersion_plot_of_several_articles_tells_how_far_into_its_article_a_mention_stands():
    both = [pd.concat([table, table.assign(doc_id="b")]) for table in (MENTIONS, TOKENS)]
    spec = wb.draw_dispersion(*both).to_dict()
    assert "in 2 of 2 articles" in spec["title"]["text"]
    alone = rows(wb.draw_dispersion(MENTIONS, TOKENS).to_dict(), "sentence")
    marks = rows(spec, "sentence")
    assert sum(row["n"] for row in marks) == 2 * sum(row["n"] for row in alone)
    assert all(0 <= row["word"] <= 100 and "href" not in row for row in marks)


def test_a_dispersion_plot_needs_the_tokens_of_its_mentions():
    with pytest.raises(SchemaError, match="the tokens are not of the article"):
        wb.draw_dispersion(MENTIONS, TOKENS.assign(doc_id="b"))


def test_in_a_very_long_article_mentions_close_together_share_a_mark():
    mentions, tokens = make_parse("Iran met Raisi and He left | " * 2500)
    spec = wb.draw_dispersion(mentions, tokens).to_dict()
    assert len(rows(spec, "sentence")) < MOST_MARKS
    assert sum(row["n"] for row in rows(spec, "sentence")) == 7500
    assert "a mark stands for all mentions within" in spec["title"]["subtitle"]


def test_in_a_very_long_article_paragraphs_share_a_column():
    counts = wb.count_actors(
        make_parse("Iran met Raisi and He left | " * 2500)[0], by="paragraph_id"
    )
    spec = wb.draw_actors_by_paragraph(counts, 2500).to_dict()
    assert rows(spec, "actor")[0] == {
        "paragraph_id": 1,
        "actor": "Iran",
        "actor_type": "person",
        "n": 25,
    }
    assert spec["title"]["subtitle"] == "2 actors; each column is 25 paragraphs"


@pytest.mark.slow
@pytest.mark.parametrize("n", range(2, 25))
def test_no_two_names_around_a_network_overlap(n):
    pairs = PAIRS
    if n > 2:
        together = itertools.combinations(range(n), 2)
        pairs = table(
            [(f"actor {a}", f"actor {b}", 30 - a, 0.1) for a, b in together], "comentions"
        )
    chart = wb.draw_comentions(pairs, top=n)
    nodes = pd.DataFrame(rows(chart.to_dict(), "label_y")).sort_values("label_y")
    apart = nodes.groupby("align")["label_y"].diff().dropna()
    assert apart.ge(15.9).all()


def test_the_closest_pair_is_drawn_however_often_others_are_together():
    hubs = itertools.combinations(range(9), 2)
    often = [(f"hub {b}", f"hub {a}", 8, 0.1) for a, b in hubs]
    pairs = table([("A", "B", 9, 0.9), *often], "comentions")
    drawn = rows(wb.draw_comentions(pairs, top=4).to_dict(), "pair")
    assert drawn[-1]["pair"] == "A and B"
    assert len({name for row in drawn for name in (row["one"], row["other"])}) == 4


def test_one_pair_is_no_network():
    assert (
        wb.draw_comentions(PAIRS.head(1)).to_dict()["description"]
        == "Only Iran and Raisi are mentioned together: 3 times"
    )


def test_many_pairs_that_are_equally_close_share_the_title():
    assert (
        wb.draw_comentions(PAIRS.assign(n=1)).to_dict()["title"]["text"]
        == "2 pairs of actors are mentioned together most often: once each"
    )


HELD = {
    "the same order": (
        [(3, 2, 1), (9, 8, 7)],
        "Iran, Raisi and Israel are mentioned most, in this order, under all 2 ways of counting",
    ),
    "the same leader": (
        [(3, 2, 1), (9, 1, 7)],
        "Iran is mentioned most under all 2 ways of counting, and the first 3 are the same under 1",
    ),
    "a tie": (
        [(3, 2, 1), (9, 9, 7)],
        "Iran is mentioned most under all 2 ways of counting, and the first 3 are the same under 1",
    ),
    "another leader": (
        [(3, 2, 1), (1, 9, 7)],
        "Iran is mentioned most under 1 of 2 ways of counting: it depends on what counts",
    ),
    "nobody in one": (
        [(3, 2, 1), (0, 0, 0)],
        "Iran, Raisi and Israel are mentioned most, in this order, under 1 way of counting",
    ),
}


@pytest.mark.parametrize("counts, finding", HELD.values(), ids=HELD)
def test_the_title_says_whether_the_ranking_holds(counts, finding):
    frames = []
    for label, numbers in zip(["all", "names"], counts, strict=True):
        frame = pd.DataFrame(
            {
                "choice": label,
                "actor": ["Iran", "Raisi", "Israel"],
                "actor_type": "state",
                "n": numbers,
            }
        )
        frames.append(
            frame.assign(rank=frame["n"].where(frame["n"] > 0).rank(ascending=False, method="min"))
        )
    assert wb.draw_choices(pd.concat(frames)).to_dict()["title"]["text"] == finding


def test_an_actor_that_a_choice_does_not_count_has_no_place_there():
    counts = CHOICES.assign(n=[3, 0, 5, 4], rank=[1, None, 1, 2])
    places = {
        (row["choice"], row["actor"]): row["place"]
        for row in rows(wb.draw_choices(counts).to_dict(), "place")
    }
    assert places == {
        ("all", "Raisi"): 1,
        ("all", "Iran"): 2,
        ("names", "Iran"): 1,
        ("names", "Raisi"): None,
    }


@pytest.mark.slow
@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_each_chart_becomes_a_picture_and_leaves_its_table_as_it_was(draw, arguments, finding):
    before = arguments[0].copy(deep=True)
    assert vl_convert.vegalite_to_svg(draw(*arguments).to_json()).count("<path") > 2
    pd.testing.assert_frame_equal(arguments[0], before)


def test_shares_of_negative_light_say_when_their_order_may_be_chance_or_refuse():
    def title(**columns):
        return describe_shares(STANCE_COUNTS.assign(**columns))

    assert (
        title(high=[0.7, 0.4, None])
        == "Iran stands in a negative light in 4 of 8 mentions (30 to 70 %); "
        "the order of actors may be chance"
    )
    assert (
        title(negative_share=None)
        == "No actor is in 5 sentences or more: too few to say in what light"
    )
    assert (
        describe_shares(STANCE_COUNTS.head(1))
        == "Iran: 4 of 8 mentions (30 to 70 %) in a negative light; "
        "nobody else is in enough sentences"
    )
    assert title(n_negative=0, negative_share=0.0).startswith("No mention of the actors")


def test_an_actor_in_too_few_sentences_has_words_and_no_share():
    data = wb.draw_stance(STANCE_COUNTS).to_dict()["datasets"]
    said = {}
    for rows in data.values():
        for row in rows:
            if "said" in row:
                said[row["actor"]] = row["said"]
    assert said == {"Raisi": "in fewer than 5 sentences: too few to say"}


def test_the_matrix_of_too_few_sentences_compares_nothing_and_needs_voices():
    nothing = wb.draw_stance_matrix(BY_SPEAKER.assign(negative_share=None)).to_dict()
    assert nothing["title"]["text"].endswith("too few to compare")
    with pytest.raises(SchemaError, match="no column `speaker`. Count with"):
        wb.draw_stance_matrix(STANCE_COUNTS)


def test_tone_along_a_very_long_article_is_drawn_in_part_and_says_so():
    several = pd.concat([STANCE] * 600, ignore_index=True)
    several[["start", "end"]] += 100 * several.index.to_numpy()[:, None]
    spec = wb.draw_stance_along(several).to_dict()
    assert (
        spec["title"]["subtitle"][-1].endswith("the first 4,000 mentions")
        or "the first 4,000 mentions" in spec["description"]
    )


def test_tone_of_two_articles_is_not_one_line():
    with pytest.raises(SchemaError, match="this draws one article"):
        wb.draw_stance_along(pd.concat([STANCE, STANCE.assign(doc_id="b")]))


@pytest.mark.parametrize(
    "title", [None, "Mine", ["Two", "lines"], alt.Title("Mine", subtitle=["a", "b"])], ids=str
)
def test_a_chart_of_ones_own_is_drawn_too(title):
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")
    chart = chart if title is None else chart.properties(title=title)
    shown = render_chart(chart.to_dict())
    assert shown["text/html"].count("<figure") == 1
    assert ("<figcaption>a b.</figcaption>" in shown["text/html"]) == isinstance(title, alt.Title)
