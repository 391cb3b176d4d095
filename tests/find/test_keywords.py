"""Keywords and the words of dictionaries: what a reader types, and where it stands in the text."""

from functools import cache

import pandas as pd
import pytest
from parts import parts
from typed_words import type_tokens, type_words

import analysis as wb
from analysis import schema
from analysis.errors import ArticleError, SchemaError

FIRM = (
    "The well-known firm is well known. The White House can’t pay. White paint covered the house."
)
IRAN = "Iran imposed old sanctions. They will impose a sanction."
RAIN = "Snow fell. Rain fell."


@cache
def parsed(text):
    """Articles and tokens of a text, parsed once."""
    articles = wb.read_texts(text)
    return articles, wb.split_tokens(articles)


def keywords(text, pattern, **options):
    return wb.find_keyword(parsed(text)[1], pattern, **options)["keyword"].tolist()


def hits(text, word):
    return wb.find_words(*parsed(text), word)["hit"].tolist()


# what a reader types, and what it finds
WRITTEN = [
    ("well-known", ["well-known"]),
    ("well\u2011known", ["well-known"]),
    ("Well\u2010Known", ["well-known"]),
    ("well known", ["well known"]),
    ("White House", ["White House"]),
    ("white house", ["White House"]),
    ("the  White\nHouse", ["The White House"]),
    ("can’t", ["can’t"]),
    ("can't", ["can’t"]),
    ("can`t", ["can’t"]),
    ("CAN'T pay", ["can’t pay"]),
    ("pay.", ["pay."]),
]


@pytest.mark.parametrize("pattern, expected", WRITTEN)
def test_phrases_hyphens_and_contractions_are_found_as_a_reader_writes_them(pattern, expected):
    assert hits(FIRM, pattern) == expected
    for by in ("glob", "form", "lemma"):
        assert keywords(FIRM, pattern, by=by) == expected


ODD_MARKS = "A well\u2011known firm won‘t say “stop it” or pay."


@pytest.mark.parametrize(
    "pattern, expected",
    [
        ("well-known", "well\u2011known"),
        ("won't", "won‘t"),
        ('"stop it"', "“stop it”"),
        ("“stop it”", "“stop it”"),
    ],
)
def test_the_marks_of_the_text_may_be_odd_and_stay_as_they_are(pattern, expected):
    assert keywords(ODD_MARKS, pattern) == hits(ODD_MARKS, pattern) == [expected]


UNUSUAL = "Mr. Lee paid $5 million, or 10%, in Washington, D.C. #Tax helps the U.S.-backed plan."


@pytest.mark.parametrize(
    "pattern",
    ["Mr. Lee", "$5 million", "10%", "Washington, D.C.", "#Tax", "U.S.-backed", "U.S."],
)
def test_abbreviations_numbers_and_tags_are_found_as_they_stand(pattern):
    assert keywords(UNUSUAL, pattern) == hits(UNUSUAL, pattern) == [pattern]


# by, pattern, found
WAYS = [
    ("glob", "sanct*", ["sanctions", "sanction"]),
    ("glob", "sanction?", ["sanctions"]),
    ("glob", "impose *", ["impose a"]),
    ("glob", "?", [".", "a", "."]),
    ("form", "sanction", ["sanction"]),
    ("phrase", "old sanctions", ["old sanctions"]),
    ("lemma", "sanction", ["sanctions", "sanction"]),
    ("lemma", "impose old sanction", ["imposed old sanctions"]),
    ("lemma", "imposed", ["imposed"]),
    ("word", "sanction", ["sanctions", "sanction"]),
    ("word", "impose *", ["imposed old", "impose a"]),
    ("regex", "imposed?", ["imposed", "impose"]),
    ("regex", "(old|a) sanctions?", ["old sanctions", "a sanction"]),
    ("regex", "SANCTION.", ["sanctions"]),
    ("pos", "ADJ NOUN", ["old sanctions"]),
    ("pos", "det noun", ["a sanction"]),
]


@pytest.mark.parametrize("by, pattern, expected", WAYS)
def test_each_way_to_compare(by, pattern, expected):
    assert keywords(IRAN, pattern, by=by) == expected


NOWHERE = [
    ("form", "sanct*"),
    ("phrase", "sanctions old"),
    ("lemma", "impose sanction"),
    ("regex", "sanct"),
    ("pos", "NOUN NOUN"),
]


@pytest.mark.parametrize("by, pattern", NOWHERE)
def test_wildcards_are_letters_elsewhere_and_every_word_counts_as_a_whole(by, pattern):
    with pytest.warns(UserWarning, match="these texts"):
        assert keywords(IRAN, pattern, by=by) == []


def test_find_words_compares_forms_and_dictionary_forms_with_wildcards():
    assert hits(IRAN, "sanction") == hits(IRAN, "sanct*") == ["sanctions", "sanction"]
    assert hits(IRAN, "impose old sanction") == ["imposed old sanctions"]
    assert hits(IRAN, "impose ?") == ["impose a"]


def test_an_actor_is_found_by_every_mention_that_means_it():
    text = "Ann Lee left. Iranian aides met Lee. She slept."
    _, tokens, _, mentions, _ = parts(text)
    found = wb.find_keyword(tokens, "ann lee", by="actor", mentions=mentions)
    assert found["keyword"].tolist() == ["Ann Lee", "Lee", "She"]
    assert set(found["pattern"]) == {"ann lee"}


@pytest.mark.parametrize(
    "pattern, by, expected",
    [
        ("White", "glob", ["White", "White"]),
        ("the", "glob", ["the"]),
        ("*he", "glob", ["The", "The", "the"]),
        ("[A-Z].*e", "regex", ["The", "The", "White", "House", "White"]),
        ("DET", "pos", ["The", "The", "the"]),
    ],
)
def test_case_counts_only_where_it_is_asked_for(pattern, by, expected):
    assert keywords(FIRM, pattern, by=by, match_case=True) == expected


def test_without_match_case_capitals_do_not_count():
    assert keywords(FIRM, "tHe") == ["The", "The", "the"]
    with pytest.warns(UserWarning, match="“tHe” is not in these texts"):
        assert keywords(FIRM, "tHe", match_case=True) == []


def test_of_several_patterns_each_place_is_the_first_ones():
    found = wb.find_keyword(parsed(FIRM)[1], ["house", "white house", "ho*"])
    assert found[["keyword", "pattern"]].values.tolist() == [
        ["White House", "white house"],
        ["House", "house"],
        ["house", "house"],
    ]
    assert hits(FIRM, ["house", "white house"]) == ["White House", "House", "house"]


def test_a_phrase_does_not_cross_sentences():
    assert keywords(RAIN, "fell.") == ["fell.", "fell."]
    for pattern in ("fell rain", ". rain"):
        with pytest.warns(UserWarning, match="its words are, but not in this order"):
            assert keywords(RAIN, pattern) == []
        with pytest.warns(UserWarning, match="its words are, but not in this order"):
            assert hits(RAIN, pattern) == []


@pytest.mark.filterwarnings("ignore:.*is not in these texts")
def test_a_phrase_does_not_cross_words_that_were_taken_out():
    articles, tokens = type_words("The White “red” House.")
    spans = pd.DataFrame([("a", 10, 15)], columns=["doc_id", "start", "end"])
    rest = wb.select_tokens(tokens, spans, inside=False)
    assert wb.find_keyword(rest, "White House").empty
    assert wb.find_words(articles, rest, "White House").empty


def sides(tokens, pattern, **options):
    return wb.find_keyword(tokens, pattern, **options)[["left", "right"]].values.tolist()


def test_a_context_stands_in_the_sentence_or_goes_beyond_it_but_not_beyond_the_article():
    tokens = type_tokens("Ice. Snow fell. Rain.", "Hail.")
    assert sides(tokens, "snow") == [["", "fell."]]
    assert sides(tokens, "snow", across=True) == [["Ice.", "fell. Rain."]]
    assert sides(tokens, "hail", across=True) == [["", "."]]


LETTERS = "a b c d e f g h i snow k l m n o p q r s"


@pytest.mark.parametrize(
    "options, left, right",
    [
        ({"window": 0}, "", ""),
        ({"window": 2}, "h i", "k l"),
        ({}, "b c d e f g h i", "k l m n o p q r"),
        ({"window": 10**9}, "a b c d e f g h i", "k l m n o p q r s"),
    ],
)
def test_the_window_is_in_tokens_and_eight_wide(options, left, right):
    assert sides(type_tokens(LETTERS), "snow", **options) == [[left, right]]


def test_a_context_is_written_as_the_text_has_it_on_one_line():
    _, tokens = parsed("He can’t  pay (or won’t): a well-known rule.")
    assert sides(tokens, "or", window=9) == [["He can’t pay (", "won’t): a well-known rule"]]


LINES = "b a snow d. a b Snow C. c A rain b. a."


@pytest.mark.parametrize(
    "sort, expected",
    [
        ("text", ["b a", "a b", "c A"]),
        ("left", ["b a", "c A", "a b"]),  # a then b, a then c, b
        ("right", ["c A", "a b", "b a"]),  # b, C, d
        ("keyword", ["c A", "b a", "a b"]),  # rain, snow, Snow
    ],
)
def test_lines_are_sorted_by_the_words_nearest_to_the_keyword(sort, expected):
    found = wb.find_keyword(type_tokens(LINES), ["snow", "rain"], sort=sort)
    assert found["left"].tolist() == expected
    assert found.index.tolist() == [0, 1, 2]


def test_a_concordance_says_where_each_hit_stands():
    tokens = type_tokens("Rain.\n\nIce. Old snow fell.", "Snow.")
    assert wb.find_keyword(tokens, "SNOW").values.tolist() == [
        ["a", 3, 2, 16, 20, "Old", "snow", "fell.", "SNOW"],
        ["b", 1, 1, 0, 4, "", "Snow", ".", "SNOW"],
    ]


@pytest.mark.parametrize("pattern", ["well-known", "White House", "can't", "?", "*e", "known."])
def test_offsets_are_those_of_the_text(pattern):
    articles, tokens = parsed(FIRM)
    for found, column in (
        (wb.find_keyword(tokens, pattern), "keyword"),
        (wb.find_words(articles, tokens, pattern), "hit"),
    ):
        spans = zip(found["start"], found["end"], strict=True)
        assert [FIRM[start:end] for start, end in spans] == found[column].tolist() != []


def test_no_hit_is_left_out():
    articles, tokens = type_words("snow fell. " * 1000)
    assert len(wb.find_keyword(tokens, "snow")) == 1000
    assert len(wb.find_words(articles, tokens, "snow fell")) == 1000


UNSEARCHABLE = [
    ("", {}, "an empty pattern finds nothing. Name a word or a phrase."),
    (" \n", {}, "an empty pattern finds nothing"),
    (["rain", ""], {}, "an empty pattern finds nothing"),
    ([5], {}, "a pattern is a text, not “5”. Write it in quotation marks."),
    ("x" * 1001, {}, "has 1,001 characters; a pattern may have 1,000"),
    ("[", {"by": "regex"}, '“\\[” is no regular expression: .* say by="form"'),
    ("rain (", {"by": "regex"}, "“\\(” is no regular expression"),
    ("NOUM", {"by": "pos"}, "no part of speech is called “NOUM”. Choose from: ADJ, ADP"),
    ("rain", {"by": "forms"}, "`by` is glob, form, .* pos or actor, not “forms”."),
    ("rain", {"sort": "up"}, "`sort` is text, left, keyword or right, not “up”."),
    ("rain", {"by": "actor"}, 'by="actor" needs the mentions'),
]


@pytest.mark.parametrize("pattern, options, message", UNSEARCHABLE)
def test_what_cannot_be_searched_says_why(pattern, options, message):
    with pytest.raises(SchemaError, match=message):
        wb.find_keyword(type_tokens(RAIN), pattern, **options)


@pytest.mark.parametrize("pattern", ["", " ", ["rain", ""], [5]])
def test_find_words_refuses_what_is_no_word(pattern):
    with pytest.raises(SchemaError, match="pattern"):
        wb.find_words(*type_words(RAIN), pattern)


@pytest.mark.parametrize("pattern", [5, None])
def test_a_pattern_that_is_no_text_is_refused(pattern):
    with pytest.raises(SchemaError, match="a pattern is a text"):
        wb.find_keyword(type_tokens(RAIN), pattern)


UNKNOWN = [
    ("sno", {}, "“sno” is not in these texts. Near it: “snow”."),
    ("Snaw*", {}, "“Snaw\\*” is not in these texts. Near it: “snow”."),
    ("zzz", {}, "“zzz” is not in these texts.$"),
    ("snaw fell", {}, "“snaw fell” is not in these texts: no “snaw”. Near it: “snow”."),
    ("fell snow", {}, "“fell snow” is not in these texts; its words are, but not in this order."),
    ("snow rain", {"by": "lemma"}, "“snow rain” is .* its words are, but not in this order"),
    ("x+", {"by": "regex"}, "“x\\+” finds nothing in these texts.$"),
    ("VERB", {"by": "pos"}, "“VERB” finds nothing in these texts.$"),
]


@pytest.mark.parametrize("pattern, options, message", UNKNOWN)
def test_what_is_nowhere_is_said_with_words_like_it(pattern, options, message):
    with pytest.warns(UserWarning, match=f"^{message}"):
        found = wb.find_keyword(type_tokens(RAIN), pattern, **options)
    assert found.empty


def test_of_several_patterns_each_that_is_nowhere_is_said_and_the_others_are_found():
    with pytest.warns(UserWarning) as said:
        found = wb.find_keyword(type_tokens(RAIN), ["snaw", "rain", "hail"])
    assert [str(warning.message).split(" is ")[0] for warning in said] == ["“snaw”", "“hail”"]
    assert found["keyword"].tolist() == ["Rain"]


def test_an_actor_who_is_not_there_is_said_with_actors_like_it():
    _, tokens, _, mentions, _ = parts("Ann Lee left.")
    with pytest.warns(UserWarning, match="“Ann Li” is no actor of these texts. Near it: “Ann Lee”"):
        assert wb.find_keyword(tokens, "Ann Li", by="actor", mentions=mentions).empty


def assert_empty(found, name):
    """The table has all its columns, with their types, and no rows."""
    pd.testing.assert_frame_equal(found, schema.table([], name))


@pytest.mark.filterwarnings("ignore:.*these texts")
@pytest.mark.parametrize("text", ["", "Snow."])
@pytest.mark.parametrize("by, pattern", [(by, "rain fell") for by in ("glob", "regex", "lemma")])
def test_without_hits_a_table_has_all_columns(text, by, pattern):
    articles, tokens = type_words(text)
    assert_empty(wb.find_keyword(tokens, pattern, by=by), "concordance")
    assert_empty(wb.find_keyword(tokens, pattern, by=by, sort="left", across=True), "concordance")
    assert_empty(wb.find_words(articles, tokens, pattern), "hits")


def entries(*rows):
    """A dictionary of (category, pattern)."""
    return schema.table([(*row, None) for row in rows], "dictionary")


def terms(tokens, *rows):
    found = wb.find_terms(tokens, entries(*rows))
    return found[["text", "category", "pattern"]].values.tolist()


def test_within_a_longer_hit_a_shorter_is_not_counted_whatever_its_category():
    doubt, sure = ("doubt", "doubt"), ("sure", "no doubt")
    for order in ([doubt, sure], [sure, doubt]):
        assert terms(type_tokens("No doubt. A doubt."), *order) == [
            ["No doubt", "sure", "no doubt"],
            ["doubt", "doubt", "doubt"],
        ]


def test_the_longest_of_three_wins_and_what_stands_behind_it_counts():
    rows = [("one", "snow"), ("two", "old snow"), ("three", "old snow fell"), ("four", "fell")]
    assert terms(type_tokens("Old snow fell. Snow fell."), *rows) == [
        ["Old snow fell", "three", "old snow fell"],
        ["Snow", "one", "snow"],
        ["fell", "four", "fell"],
    ]


def test_the_same_words_in_two_categories_count_in_both_and_once_in_each():
    rows = [("cold", "snow"), ("white", "snow"), ("cold", "sno*")]
    assert terms(type_tokens("Snow."), *rows) == [
        ["Snow", "cold", "snow"],
        ["Snow", "white", "snow"],
    ]


def test_a_dictionary_compares_forms_and_dictionary_forms_and_phrases_within_a_sentence():
    _, tokens = parsed("He imposed sanctions. Old sanctions. Fell Iran.")
    rows = [("a", "impose sanction"), ("b", "sanct*"), ("c", "sanction fall")]
    assert terms(tokens, *rows) == [
        ["imposed sanctions", "a", "impose sanction"],
        ["sanctions", "b", "sanct*"],
    ]


def test_a_term_says_where_it_stands_and_in_nobodys_words_where_none_are_given():
    tokens = type_tokens("Rain.\n\nOld snow.", "Snow.")
    found = wb.find_terms(tokens, entries(("cold", "snow")))
    assert found["voice"].isna().all()
    assert found.drop(columns="voice").values.tolist() == [
        ["a", 2, 2, 11, 15, "snow", "cold", "snow"],
        ["b", 1, 1, 0, 4, "Snow", "cold", "snow"],
    ]


def test_a_term_stands_in_the_journalists_words_or_a_speakers():
    text = "It may rain. “It must rain,” Ann Lee said. Bob Reed said it might snow."
    _, tokens, speech, _, quotes = parts(text)
    found = wb.find_terms(tokens, "modality", quotes, speech)
    assert found[["text", "category", "voice"]].values.tolist() == [
        ["may", "doubt", "journalist"],
        ["must", "obligation", "Ann Lee"],
        ["might", "doubt", "Bob Reed"],
    ]


def test_voices_need_quotations_and_speech():
    _, tokens, _, _, quotes = parts("It may rain. “It must rain,” Ann Lee said.")
    with pytest.raises(SchemaError, match="`quotes` and `speech` go together"):
        wb.find_terms(tokens, "modality", quotes)


@pytest.mark.parametrize("text", ["", "Snow.", "Snow fell. Rain fell."])
def test_a_text_without_terms_gives_an_empty_table(text):
    assert_empty(wb.find_terms(type_tokens(text), entries(("hot", "sun"))), "terms")


@pytest.mark.parametrize(
    "name, some",
    [
        ("frames", {"conflict", "economy", "morality"}),
        ("modality", {"certainty", "doubt", "obligation"}),
        ("loaded", {"praise", "blame", "alarm"}),
    ],
)
def test_dictionaries_that_come_with_the_workbook(name, some):
    own = wb.read_dictionary(name)
    assert some <= set(own["category"])
    assert own.notna().all(axis=None)
    assert not own.duplicated(["category", "pattern"]).any()


# file, its text, its entries as category:pattern:reason
FILES = {
    "table.csv": ("category,pattern\ncold,snow*\nhot, sun \n", "cold:snow*:|hot:sun:"),
    "reasons.csv": ("Category;Pattern;Reason\nhot;sun;shines\n", "hot:sun:shines"),
    "excel.csv": ("\ufeffreason,pattern,category\n,rain,wet\n", "wet:rain:"),
    "gaps.csv": ("category,pattern\nhot,sun\nhot,\n,sun\nhot,sun\n", "hot:sun:"),
    "small.dic": (
        "%\n1\tposemo\n2\tnegemo\n%\nhapp*\t1\nnot good\t2\nodd\t1\t2\n",
        "posemo:happ*:|negemo:not good:|posemo:odd:|negemo:odd:",
    ),
    "WINDOWS.DIC": ("%\r\n125 affect (Affect)\r\n%\r\nbad 125 7\r\n", "affect (Affect):bad:"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_dictionary_of_ones_own(name, tmp_path):
    text, expected = FILES[name]
    (tmp_path / name).write_bytes(text.encode())
    read = wb.read_dictionary(tmp_path / name).fillna("")
    assert [":".join(row) for row in read.values.tolist()] == expected.split("|")
    assert read.columns.tolist() == ["category", "pattern", "reason"]


def test_terms_are_found_by_the_name_of_a_file(tmp_path):
    path = tmp_path / "weather.dic"
    path.write_text("%\n1 cold\n2 wet\n%\nsnow* 1 2\nrain 2\n", encoding="utf-8")
    found = wb.find_terms(type_tokens("Snowfall, rain."), str(path))
    assert found[["text", "category"]].values.tolist() == [
        ["Snowfall", "cold"],
        ["Snowfall", "wet"],
        ["rain", "wet"],
    ]


WRONG_FILES = {
    "words.csv": ("word,label\na,b\n", "no column `category`. The first line must be category"),
    "half.csv": ("category,word\na,b\n", "no column `pattern`"),
    "head.csv": ("category,pattern\n", "no entries. A dictionary has the columns"),
    "gaps.csv": ("category,pattern\nhot,\n", "no entries"),
    "empty.csv": ("", "cannot be read as a table. Save it as CSV"),
    "plain.dic": ("happ*\t1\n", "no LIWC dictionary. .* between two lines that hold only %"),
    "once.dic": ("%\n1 hot\nsun 1\n", "no LIWC dictionary"),
    "numbers.dic": ("%\n1 hot\n%\nsun 7\n", "no entries"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_file_that_is_no_dictionary_says_why(name, tmp_path):
    text, message = WRONG_FILES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match=f"{name}: {message}"):
        wb.read_dictionary(tmp_path / name)


def test_a_file_without_letters_is_named(tmp_path):
    (tmp_path / "picture.csv").write_bytes(b"\x00\x01\x02\xff\xfe")
    with pytest.raises(ArticleError, match="picture.csv: "):
        wb.read_dictionary(tmp_path / "picture.csv")


def test_a_dictionary_that_is_not_there_says_which_are(tmp_path):
    for missing in (tmp_path / "no.csv", tmp_path, "emotions"):
        with pytest.raises(ArticleError, match="or one of corrections, frames, loaded, modality"):
            wb.read_dictionary(missing)


def test_a_table_that_is_no_dictionary_is_refused():
    with pytest.raises(SchemaError, match="not a dictionary table: no column `category`"):
        wb.find_terms(type_tokens("Snow."), pd.DataFrame({"pattern": ["snow"]}))
    with pytest.raises(SchemaError, match="an empty pattern finds nothing"):
        wb.find_terms(type_tokens("Snow."), entries(("cold", " ")))
