"""Charts of words and the concordance: what they say, and where each mark stands."""

import pytest
from lxml import html
from typed_words import name_mentions, type_tokens, type_words

import analysis as wb
from analysis.errors import SchemaError
from analysis.schema import table

HOSTILE = '</script><script>alert("1")</script>'
ARTICLE, TOKENS = type_words("Snow fell.\n\nSnow lay. Rain fell.")
ARTICLES, ALL_TOKENS = type_words("Snow fell. Snow lay.", "Rain fell. Snow lay. Rain.", "Fog.")
TITLED = ARTICLES.assign(title=["Winter", "Weather", "Mist"], outlet=["X", None, None])
SNOW, BOTH = wb.find_keyword(TOKENS, "snow"), wb.find_keyword(TOKENS, ["snow", "rain"])
ALL_SNOW = wb.find_keyword(ALL_TOKENS, "snow")
WORDS = table([("snow", "NOUN", 3, 0.3, 300.0, 2), ("Ann", "PROPN", 1, 0.1, 100.0, 1)], "words")
FORMS = table([("snow", 3, 0.3, 300.0, 2), ("fell", 3, 0.3, 300.0, 1)], "word_counts")
RUNS = table([("snow fell", 2, 0.2, 200.0, 1), ("rain fell", 1, 0.1, 100.0, 1)], "word_counts")
# snow: 200 and 50 in 1,000 words; rain: 100 and 300; fog is too rare to tell
KEYNESS = table(
    [
        ("snow", 20, 100, 200.0, 5, 100, 50.0, 11.0, 0.001, 2.0, 150.0, 60.0, 240.0, 2, None),
        ("fog", 1, 100, 10.0, 0, 100, 0.0, 1.4, 0.24, 1.0, 10.0, -30.0, 55.0, 1, "fewer than 5"),
        ("rain", 10, 100, 100.0, 30, 100, 300.0, -13.0, 0.0003, -1.6, -200.0, -300.0, -90, 2, None),
    ],
    "keyness",
)  # fmt: skip
# Of tea's collocates, cold stands near it less often than by chance.
TEA = {"n_left": 1, "n_right": 1, "n_node": 9, "n_collocate": 9, "near": 9, "words": 99}
TEA |= {"pmi": 1, "t_score": 1, "log_dice": 9, "dp_collocate": 0.1, "dp_node": 0.1, "articles": 1}
COLLOCATES = table(
    [
        TEA | {"node": one, "collocate": other, "n": n, "expected": chance, "log_likelihood": g2}
        for one, other, n, chance, g2 in [
            ("tea", "strong", 3, 1.2, 9.0),
            ("tea", "green", 5, 2.5, 4.0),
            ("tea", "cold", 1, 2.0, -3.0),
            ("strong", "tea", 3, 1.2, 9.0),
        ]
    ],
    "collocates",
)
TERMS = table([("conflict", 3, 0.3, 300.0, 1), ("economy", 1, 0.1, 100.0, 1)], "term_counts")
PEOPLE = type_words("Ann met Bob. Ann left.", "Ann slept.")
NAMED = name_mentions(PEOPLE[0], "Ann", "Bob")

DRAWN = {
    "keywords": (
        wb.draw_keywords,
        [SNOW, TOKENS],
        "“snow” is there twice, in 2 of 2 paragraphs: 3333.3 in 10,000 words",
        "What was looked for is nowhere in the text",
    ),
    "keywords, several": (
        wb.draw_keywords,
        [BOTH, TOKENS],
        "They are there 3 times, in 2 of 2 paragraphs: 5000.0 in 10,000 words",
        "What was looked for is nowhere in the text",
    ),
    "keywords of several articles": (
        wb.draw_keywords,
        [ALL_SNOW, ALL_TOKENS, TITLED],
        "“snow” is there 3 times, in 2 of 3 articles: 3000.0 in 10,000 words",
        "What was looked for is nowhere in the text",
    ),
    "find_words": (
        wb.draw_keywords,
        [wb.find_words(ARTICLE, TOKENS, "rain"), TOKENS],
        "They are there once, in 1 of 2 paragraphs: 1666.7 in 10,000 words",
        "What was looked for is nowhere in the text",
    ),
    "words": (
        wb.draw_words,
        [WORDS],
        "“snow” is the most frequent word: 3 times, 300.0 in 1,000 words",
        "No words to count",
    ),
    "forms": (
        wb.draw_words,
        [FORMS],
        "“snow” and “fell” are the most frequent words: each 3 times, 300.0 in 1,000 words",
        "No words to count",
    ),
    "runs": (
        wb.draw_words,
        [RUNS],
        "“snow fell” is the most frequent run of words: twice, 200.0 in 1,000 words",
        "No words to count",
    ),
    "keyness": (
        wb.draw_keyness,
        [KEYNESS],
        "“snow” marks the target most: 200.0 in 1,000 words, 50 in the reference",
        "No words to compare",
    ),
    "collocates": (
        wb.draw_collocates,
        [COLLOCATES],
        "“tea” and “strong” stand together 3 times (1.2 by chance), the strongest pair of words",
        "No words stand together more often than by chance",
    ),
    "terms": (
        wb.draw_terms,
        [TERMS],
        "Words of conflict are used most: 3 times",
        "No word of the dictionary is used",
    ),
    "terms by voice": (
        wb.draw_terms,
        [TERMS.assign(voice=["Ann", "journalist"])],
        "Words of conflict are used most: 3 times",
        "No word of the dictionary is used",
    ),
    "dispersion of several articles": (
        wb.draw_dispersion,
        [NAMED, PEOPLE[1]],
        "Ann is mentioned in 2 of 2 articles",
        "Nobody is mentioned",
    ),
}
EACH = pytest.mark.parametrize("draw, arguments, finding, nothing", DRAWN.values(), ids=DRAWN)


def title(chart):
    return chart["title"]["text"]


def subtitle(chart):
    """What was drawn, on one line."""
    said = chart["title"]["subtitle"]
    return said if isinstance(said, str) else " ".join(said)


def rows(chart, *wanted):
    """The columns `wanted` of the rows that are drawn, of the layer with the most."""
    datasets = chart["datasets"].values()
    data = max((data for data in datasets if {*wanted} <= {*data[0]}), key=len)
    return [tuple(row[column] for column in wanted) for row in data]


@EACH
def test_a_chart_states_its_finding_as_title_and_alt_text(draw, arguments, finding, nothing):
    spec = draw(*arguments).to_dict()
    assert spec["title"]["text"] == finding
    assert spec["description"].startswith(f"{finding}. ")


@EACH
def test_an_empty_table_draws_a_note(draw, arguments, finding, nothing):
    spec = draw(arguments[0].head(0), *arguments[1:]).to_dict()
    assert spec["mark"]["type"] == "text"
    assert spec["description"] == spec["mark"]["text"] == nothing


def test_of_one_article_each_pattern_has_a_lane_from_the_first_word_to_the_last():
    chart = wb.draw_keywords(BOTH, TOKENS).to_dict()
    assert rows(chart, "lane", "place", "line") == [
        ("snow", 1, " Snow fell."),
        ("snow", 3, " Snow lay."),
        ("rain", 5, " Rain fell."),
    ]
    assert "words from the beginning" in str(chart)
    assert subtitle(chart) == "A mark a hit"
    found = wb.find_words(ARTICLE, TOKENS, ["snow", "rain"])
    assert rows(wb.draw_keywords(found, TOKENS).to_dict(), "lane", "place") == rows(
        chart, "lane", "place"
    )


def test_of_several_articles_each_has_a_lane_in_per_cent_of_its_words():
    chart = wb.draw_keywords(ALL_SNOW, ALL_TOKENS, TITLED).to_dict()
    # the first and third of four words, the third of five
    expected = [("Winter (X)", 0), ("Winter (X)", 50), ("Weather", 40)]
    assert rows(chart, "lane", "place") == expected
    assert "how far into the article, in per cent" in str(chart)
    assert subtitle(chart) == "Most hits first: 2 articles of 2 with any"
    one = wb.draw_keywords(ALL_SNOW, ALL_TOKENS, TITLED, top=1).to_dict()
    assert rows(one, "lane", "place") == expected[:2]
    assert title(one) == title(chart)
    assert subtitle(one).startswith("Most hits first: 1 article of 2")


def test_articles_without_titles_or_of_one_title_keep_their_lanes():
    for articles in (None, ARTICLES, TITLED.assign(title="Weather", outlet=None)):
        chart = wb.draw_keywords(ALL_SNOW, ALL_TOKENS, articles).to_dict()
        lanes = [lane for lane, _ in rows(chart, "lane", "place")]
        assert lanes[0] == lanes[1] != lanes[2]


def test_keywords_are_drawn_from_a_concordance():
    with pytest.raises(SchemaError, match="expected a concordance. Make one with find_keyword"):
        wb.draw_keywords(WORDS, TOKENS).to_dict()


def test_a_word_has_its_part_of_speech_and_its_group():
    assert rows(wb.draw_words(WORDS).to_dict(), "word", "n") == [
        ("snow (noun)", 3),
        ("Ann (name)", 1),
    ]
    grouped = wb.draw_words(WORDS.assign(outlet=["X", "Y"])).to_dict()
    assert rows(grouped, "word") == [("snow (noun), X",), ("Ann (name), Y",)]
    assert rows(wb.draw_words(RUNS, top=1).to_dict(), "word", "n") == [("snow fell", 2)]


def test_what_a_chart_of_words_shows():
    shown = "The 2 most frequent of 2 different words; dictionary forms"
    assert subtitle(wb.draw_words(WORDS).to_dict()) == shown
    assert (
        subtitle(wb.draw_words(FORMS, top=1).to_dict())
        == "The 1 most frequent of 2 different words"
    )


def test_runs_of_words_are_called_runs_of_words():
    assert (
        subtitle(wb.draw_words(RUNS).to_dict())
        == "The 2 most frequent of 2 different runs of words"
    )
    tied = RUNS.assign(n=2)
    assert " ".join(title(wb.draw_words(tied).to_dict())).startswith(
        "“snow fell” and “rain fell” are the most frequent runs of words: each twice"
    )


def test_key_words_of_both_sides_are_drawn_and_those_that_may_be_chance_are_hollow():
    chart = wb.draw_keyness(KEYNESS, target="Ann", reference="Bob").to_dict()
    assert rows(chart, "word", "log_ratio", "side", "sure", "counts") == [
        ("snow", 2.0, "more in Ann", "yes", "20 : 5"),
        ("fog", 1.0, "more in Ann", "no", "1 : 0"),
        ("rain", -1.6, "less in Ann", "yes", "10 : 30"),
    ]
    assert title(chart) == "“snow” marks Ann most: 200.0 in 1,000 words, 50 in Bob"
    assert subtitle(chart).startswith("3 of 3 words; right: how often in Ann : in Bob; ")
    top = rows(wb.draw_keyness(KEYNESS, top=1).to_dict(), "word", "side")
    assert top == [("snow", "more in the target"), ("rain", "less in the target")]


def test_where_no_key_word_is_sure_the_title_says_so():
    # 0.02 is less than 0.05, and more than 0.05 by three words (Bonferroni)
    for unsure in (KEYNESS.assign(p=0.02), KEYNESS.assign(flag="fewer than 5 in all")):
        assert title(wb.draw_keyness(unsure).to_dict()) == (
            "No word is so much more frequent in the target that it could not be chance"
        )


def test_of_general_english_no_counts_are_drawn():
    english = KEYNESS.head(1).assign(n_reference=None, words_reference=None)
    english = english.astype({"n_reference": "Int64"})
    chart = wb.draw_keyness(english, reference="general English").to_dict()
    assert rows(chart, "word", "counts") == [("snow", "20")]
    assert title(chart).endswith("50 in general English")


def test_a_high_rate_in_the_reference_is_written_as_a_number():
    high = KEYNESS.head(1).assign(per_1000_reference=150.0)
    assert title(wb.draw_keyness(high).to_dict()).endswith("150 in the reference")


def test_a_word_that_only_the_target_has_is_more_in_the_target():
    tokens = type_tokens("snow " * 3 + "rain " * 997, "rain " * 100)
    first = tokens["doc_id"] == "a"
    keyness = wb.compare_words(tokens[first], tokens[~first])
    sides = dict(rows(wb.draw_keyness(keyness).to_dict(), "word", "side"))
    assert sides["snow"] == "more in the target"


def test_collocates_are_drawn_once_a_pair_and_without_those_that_avoid_each_other():
    chart = wb.draw_collocates(COLLOCATES).to_dict()
    assert subtitle(chart).startswith("2 of 2 pairs, 3 of 3 words; chosen by log likelihood; ")
    by_number = wb.draw_collocates(COLLOCATES, by="n").to_dict()
    assert title(by_number).startswith("“tea” and “green” stand together 5 times (2.5 by chance)")
    assert "chosen by n; " in subtitle(by_number)
    fewer = subtitle(wb.draw_collocates(COLLOCATES, top=2).to_dict())
    assert fewer.startswith("1 of 2 pairs, 2 of 3 words")


def test_one_pair_of_words_is_a_sentence_and_no_network():
    drawn = wb.draw_collocates(COLLOCATES.head(1)).to_dict()
    assert drawn["mark"]["text"].startswith("“tea” and “strong” stand together 3 times")
    avoiding = wb.draw_collocates(COLLOCATES[COLLOCATES["collocate"] == "cold"]).to_dict()
    assert avoiding["mark"]["text"] == "No words stand together more often than by chance"


def test_terms_are_bars_and_words_not_frames():
    chart = wb.draw_terms(TERMS).to_dict()
    assert rows(chart, "category", "n") == [("conflict", 3), ("economy", 1)]
    assert subtitle(chart) == "4 words of 2 categories; words, not frames"


@pytest.mark.parametrize(
    "categories, finding",
    [
        ("ab", "Words of a and b are used most: twice each"),
        ("abc", "No category of words stands out: 3 are used twice each"),
    ],
)
def test_categories_that_are_used_as_often_share_the_title(categories, finding):
    tied = table([(category, 2, 0.2, 200.0, 1) for category in categories], "term_counts")
    assert title(wb.draw_terms(tied).to_dict()) == finding


def test_terms_by_voice_are_parted_in_the_journalists_and_others():
    spoken = table([("hot", n, 0.1, 100.0, 1) for n in (2, 1, 3)], "term_counts")
    chart = wb.draw_terms(spoken.assign(voice=["Ann", "Bob", "journalist"])).to_dict()
    assert rows(chart, "category", "whose", "left", "right") == [
        ("hot", "the journalist's words", 0, 3),
        ("hot", "quoted or reported", 3, 6),
    ]
    assert title(chart) == "Words of hot are used most: 6 times"


def test_terms_by_outlet_are_one_bar_with_one_number():
    counts = table([("cold", n, 0.2, 200.0, 1) for n in (1, 2)], "term_counts")
    chart = wb.draw_terms(counts.assign(outlet=["X", "Y"])).to_dict()
    assert rows(chart, "category", "n") == [("cold", 3)]


def test_of_several_articles_a_mark_says_how_far_into_its_article_it_stands():
    chart = wb.draw_dispersion(NAMED, PEOPLE[1]).to_dict()
    # Ann: the first and fourth of five words, the first of two; Bob: the third of five
    marks = rows(chart, "actor", "word", "n", "sentence")
    assert sorted(marks, key=lambda mark: mark[:2]) == [
        ("Ann", 0, 2, "Ann met Bob."),
        ("Ann", 60, 1, "Ann left."),
        ("Bob", 40, 1, "Ann met Bob."),
    ]
    assert "how far into its article, in per cent" in str(chart)
    assert subtitle(chart).startswith("2 actors; a mark stands for all mentions within")


def test_where_everybody_is_in_as_many_articles_the_title_says_so():
    many = ["Ann", "Bob", "Cem", "Dan", "Eva", "Fay"]
    articles, tokens = type_words(". ".join(many) + ".", "It rained.")
    chart = wb.draw_dispersion(name_mentions(articles, *many), tokens).to_dict()
    assert title(chart) == "Nobody is mentioned in more than 1 of 2 articles"


# The concordance


LINES = table(
    [
        ("abcdef", 3, 2, 0, 4, "Then <b>old</b> &", "snow", 'fell "so"', "snow"),
        ("abcdef", 5, 2, 9, 13, "", "Snow", HOSTILE, "snow"),
    ],
    "concordance",
)


def live(hits, **options):
    return html.fromstring(wb.draw_concordance(hits, **options).data)


def still(hits, **options):
    return html.fromstring(f"<div>{wb.draw_concordance(hits, **options).still}</div>")


def cells(page):
    return [[cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]


def test_a_concordance_has_its_columns_in_reading_order_and_a_caption():
    page = live(LINES)
    heads = ["sentence", "left", "keyword", "right"]
    assert [head.text_content() for head in page.xpath("//thead//th[@scope='col']")] == heads
    assert cells(page) == [
        ["¶2, 3", "Then <b>old</b> &", "snow", 'fell "so"'],
        ["¶2, 5", "", "Snow", HOSTILE],
    ]
    classes = [cell.get("class") for cell in page.xpath("//tbody/tr[1]/td")]
    assert classes == ["where", "left", "keyword", "right"]
    assert [caption.text for caption in page.xpath("//table/caption")] == ["“snow”: 2 lines"]


def test_a_line_links_to_its_sentence_in_the_article_on_the_page():
    assert live(LINES).xpath("//td/a/@href") == ["#s-abcdef-3", "#s-abcdef-5"]


def test_of_several_articles_a_line_says_in_which_it_stands():
    two = LINES.assign(doc_id=["abcdef", "123456"])
    assert [row[0] for row in cells(live(two))] == ["abcd ¶2, 3", "1234 ¶2, 5"]
    assert live(two).xpath("//td/a/@href") == ["#s-abcdef-3", "#s-123456-5"]


def test_markup_in_a_text_or_a_pattern_stays_text():
    hostile = LINES.assign(left=HOSTILE, keyword=HOSTILE, pattern=HOSTILE)
    for drawn in (wb.draw_concordance(hostile), wb.draw_concordance(LINES, title=HOSTILE)):
        assert drawn.data.count("<script>") == 1
        assert "alert(" not in html.fromstring(drawn.data).xpath("string(//script)")
        assert HOSTILE not in drawn.data + drawn.still
    assert live(hostile).xpath("//b") == []


def test_on_paper_a_concordance_is_a_table_without_scripts_or_links():
    paper = wb.draw_concordance(LINES).still
    for piece in ("<script", "<a ", "<style", "<button"):
        assert piece not in paper
    page = still(LINES)
    assert cells(page) == [
        ["Then <b>old</b> &", "snow", 'fell "so"'],
        ["", "Snow", HOSTILE],
    ]
    assert page.xpath("string(//caption)") == "“snow”: 2 lines"


def test_the_caption_names_what_was_looked_for():
    patterns = ["a", "b", "c", "d", "e", "f"]
    many = table([(*LINES.iloc[0].tolist()[:-1], pattern) for pattern in patterns], "concordance")
    for page in (live(many), still(many)):
        assert page.xpath("string(//caption)") == "“a”, “b”, “c”, “d”, “e”, …: 6 lines"
    assert live(LINES.head(1)).xpath("string(//caption)") == "“snow”: 1 line"
    assert live(LINES, title="Snow & <rain>").xpath("string(//caption)") == "Snow & <rain>"
    assert still(LINES, title="Snow & <rain>").xpath("string(//caption)") == "Snow & <rain>"


def test_what_find_words_finds_is_a_concordance():
    page = live(wb.find_words(ARTICLE, TOKENS, "snow"))
    assert cells(page) == [["¶1, 1", "", "Snow", "fell."], ["¶2, 2", "", "Snow", "lay."]]
    assert page.xpath("string(//caption)") == "2 lines"


def test_a_concordance_without_hits_says_so():
    drawn = wb.draw_concordance(LINES.head(0))
    assert drawn.still == '<p class="note">No hits.</p>'
    assert drawn.data.endswith(f'<div class="wb">{drawn.still}</div>')


def test_a_table_that_is_no_concordance_is_refused():
    with pytest.raises(SchemaError, match="no column `doc_id`: expected a concordance"):
        wb.draw_concordance(WORDS)
    with pytest.raises(SchemaError, match="no column `left`"):
        wb.draw_concordance(NAMED)
