import json
import re

import altair as alt
import pytest

import analysis as wb
from analysis import charts
from analysis.errors import SchemaError
from analysis.schema import table

HOSTILE = "</script><script>alert(1)</script>"
ACTORS = table([("Iran", "state", 3, 0.6, 5.0), ("Raisi", "person", 2, 0.4, 3.3)], "actors")
WORDS = table([("sanction", "NOUN", 2, 0.2, 200.0), ("Iran", "PROPN", 1, 0.1, 100.0)], "words")
SENTIMENT = table(
    [("a", 1, 1, 0, 5, "Good.", 0.0, 0.3, 0.7, 0.5, "positive"), ("a", 2, 1, 6, 11, "Bad.", 0.7, 0.3, 0.0, -0.6, "negative")],
    "sentiment",
)
TONE_WORDS = table([("bad", 2, -5.0), ("good", 1, 1.9)], "tone_word_counts")
BY_PARAGRAPH = ACTORS.assign(paragraph_id=[1, 2])

DRAWN = {
    "words": (wb.draw_words, [WORDS], "“sanction” is the most frequent word: twice, 200.0 in 1,000 words"),
    "tone": (wb.draw_tone, [SENTIMENT], "1 of 2 sentences are worded negatively, 1 positively"),
    "tone words": (wb.draw_tone_words, [TONE_WORDS], "“bad” weighs most in the scores: -5.0, twice"),
    "actors": (wb.draw_actors, [ACTORS], "Iran is named most often: 3 of 5 mentions by name"),
    "by paragraph": (wb.draw_actors_by_paragraph, [BY_PARAGRAPH, 2], "Iran and Raisi are named in 1 of 2 paragraphs, more than anybody else"),
}


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_a_chart_states_its_finding_as_title_and_alt_text(draw, arguments, finding):
    spec = draw(*arguments).to_dict()
    assert spec["title"]["text"] == finding
    assert spec["description"].startswith(f"{finding}. ")
    assert spec["title"]["subtitle"]


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_every_axis_is_labelled_or_names_its_values(draw, arguments, finding):
    spec = draw(*arguments).to_dict()
    for layer in spec.get("layer", [spec]):
        x, y = layer["encoding"]["x"], layer["encoding"]["y"]
        assert x["title"]
        assert y["title"] or y["type"] == "nominal"


@pytest.mark.parametrize("draw, arguments, finding", DRAWN.values(), ids=DRAWN)
def test_an_empty_table_draws_a_note(draw, arguments, finding):
    spec = draw(arguments[0].head(0), *arguments[1:]).to_dict()
    assert spec["mark"]["type"] == "text"
    assert spec["description"] == spec["mark"]["text"]


def test_ties_share_the_title():
    tied = ACTORS.assign(n=[2, 2])
    assert wb.draw_actors(tied).to_dict()["title"]["text"] == "Iran and Raisi are named most often: each 2 of 4 mentions by name"


def test_colours_are_the_same_in_every_chart():
    spec = wb.draw_actors(ACTORS).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {"state": "#0072B2", "person": "#E69F00"}


def test_tone_of_two_articles_is_not_one_chart():
    two = SENTIMENT.assign(doc_id=["a", "b"])
    with pytest.raises(SchemaError, match="draws one article, and the table holds 2"):
        wb.draw_tone(two)


def test_the_wrong_table_is_refused_with_the_mend():
    with pytest.raises(SchemaError, match="no column `actor`. Make one with count_actors"):
        wb.draw_actors(WORDS)


def test_a_chart_is_a_picture_with_alt_text_that_a_script_makes_interactive():
    shown = charts.render(wb.draw_actors(ACTORS).to_dict())
    assert re.search(r'<img src="data:image/svg\+xml;base64,[\w+/=]+" alt="Iran is named most often: 3 of 5', shown["text/html"])
    assert shown["text/plain"].startswith("Iran is named most often")
    assert "http" not in shown["text/html"].replace("https://vega.github.io/schema", "").replace("http://www.w3.org", "")


def test_hostile_words_stay_words():
    hostile = ACTORS.assign(actor=[HOSTILE, '" onerror="alert(1)'])
    page = charts.render(wb.draw_actors(hostile).to_dict())["text/html"]
    assert page.count("<script>") == 1
    assert 'alt="&lt;/script&gt;' in page
    assert HOSTILE not in page


def test_the_same_chart_gives_the_same_bytes():
    first, second = (charts.render(wb.draw_words(WORDS).to_dict()) for _ in range(2))
    assert first == second


def test_vega_is_in_the_setup_cell_and_not_in_the_chart():
    assert len(wb.enable_charts().data) > 500_000
    assert len(json.dumps(charts.render(wb.draw_words(WORDS).to_dict()))) < 100_000


def test_a_renderer_that_the_user_chose_stays():
    with alt.renderers.enable("svg"):
        wb.draw_words(WORDS)
        assert alt.renderers.active == "svg"


def test_the_tone_of_a_very_long_article_is_drawn_in_runs_of_sentences():
    long = table(
        [("a", n + 1, 1, n, n + 1, "x", 0.0, 1.0, 0.0, 0.5 if n % 2 else -0.3, "positive" if n % 2 else "negative") for n in range(6000)], "sentiment"
    )
    spec = wb.draw_tone(long).to_dict()
    assert spec["title"]["text"] == "3000 of 6000 sentences are worded negatively, 3000 positively"
    assert "each bar is the mean of 20 sentences" in spec["title"]["subtitle"]
    (rows,) = spec["datasets"].values()
    assert [len(rows), rows[1]["sentence_id"], rows[1]["compound"]] == [300, 21, pytest.approx(0.1)]
