"""Who gets to speak: whose words, in marks or not, by which verbs, about whom; hearsay; charts."""

import re

import pandas as pd
import pytest
import vl_convert

import analysis as wb
from analysis import schema
from analysis.errors import SchemaError
from analysis.find.hearsay import find_hearsay
from analysis.lexicons import read_lexicon
from analysis.measure.talk import add_speaker, count_talk, select_spoken_about
from analysis.measure.voices import (
    count_cues,
    count_voices,
    pair_touching,
    select_anonymous,
    select_voiced,
)
from analysis.show.charts.talk import draw_talk
from analysis.show.charts.voices import draw_cues, draw_voices

HOSTILE = "</script><script>alert(1)</script>" * 4
# Each word is a token; «quotation» marks what the speaker says: {actor type status level|content}.
DEFAULTS = {
    "quote_type": "direct",
    "status": "asserted",
    "level": 1,
    "anonymous": False,
    "rule": "by hand",
    "cue_verb": "say",
    "cue_class": "neutral",
}


def make_quotes(text, *quotes):
    """A quotes table: each quotation is (content as pieces of the text, speaker, other columns)."""
    rows = []
    for number, (content, speaker, *rest) in enumerate(quotes, 1):
        pieces = content.split(" … ")
        row = dict.fromkeys(schema.columns("quotes")) | DEFAULTS | (rest[0] if rest else {})
        row |= {
            "doc_id": "a",
            "quote_id": number,
            "sentence_id": 1,
            "paragraph_id": 1,
            "start": text.index(pieces[0]),
            "end": text.index(pieces[-1]) + len(pieces[-1]),
            "speaker": speaker,
            "content": content,
        }
        rows.append(row)
    return schema.table(rows, "quotes")


def make_speech(text, quotes):
    """The speech table of these quotations: words in “…”, or of direct speech all, are quoted."""
    rows = []
    for quote in quotes.to_dict("records"):
        for piece in quote["content"].split(" … "):
            start, direct = text.index(piece), quote["quote_type"] == "direct"
            marked = [piece] if direct else re.findall("“[^”]*”", piece)
            stretch = {
                "start": start,
                "end": start + len(piece),
                "text": piece,
                "words": len(re.findall(r"\w+", piece)),
                "quoted_words": len(re.findall(r"\w+", " ".join(marked))),
            }
            rows.append({**quote, **stretch})
    return schema.table(pd.DataFrame(rows, columns=schema.columns("speech")), "speech")


def make_mentions(text, *names):
    """A mention for each (text, actor, kind), in the order of the text."""
    rows, position = [], 0
    for name, actor, kind in names:
        position = text.index(name, position)
        code = "spoken" if name == "I" else "full_name"
        rows.append(
            (
                "a",
                1,
                1,
                position,
                position + len(name),
                name,
                actor,
                "person",
                kind,
                code,
                "by hand",
                "agent",
                "rest",
                False,
            )
        )
        position += len(name)
    return schema.table(rows, "mentions")


def count(text, *quotes, mentions=()):
    table = make_quotes(text, *quotes)
    frame = count_voices(table, make_speech(text, table), make_mentions(text, *mentions))
    return frame.astype("object").where(frame.notna(), None)


TEXT = "“We go - at 5, you know,” Ann said. Bob said that the “old” plan was “very bad indeed”."
ANN, BOB = (
    ("“We go - at 5, you know,”", "Ann"),
    ("that the “old” plan was “very bad indeed”", "Bob", {"quote_type": "mixed"}),
)


def test_words_of_direct_speech_are_inside_marks_and_marks_are_no_words():
    assert count(TEXT, ANN)[["speaker", "quoted_words", "reported_words"]].values.tolist() == [
        ["Ann", 6, 0]
    ]


def test_words_of_mixed_speech_are_divided_by_the_marks():
    assert count(TEXT, BOB)[
        ["speaker", "quoted_words", "reported_words", "longest"]
    ].values.tolist() == [["Bob", 4, 4, 8]]


def test_words_of_indirect_speech_are_reported():
    found = count("He said they left.", ("they left", "Bob", {"quote_type": "indirect"}))
    assert found[["quoted_words", "reported_words", "share"]].values.tolist() == [[0, 2, 0.0]]


def test_a_quotation_in_two_spans_is_one_quotation():
    found = count("“We left,” Ann said. “It was late.”", ("“We left,” … “It was late.”", "Ann"))
    assert found[["quotations", "quoted_words", "longest"]].values.tolist() == [[1, 5, 5]]


def test_shares_are_of_all_quoted_words_and_add_up_to_one():
    found = count(TEXT, ANN, BOB)
    assert found[["speaker", "share"]].values.tolist() == [["Ann", 0.6], ["Bob", 0.4]]


def test_speech_without_a_named_speaker_is_the_last_row():
    found = count(TEXT, (*ANN[:1], None), BOB)
    assert found[["speaker", "quotations", "quoted_words", "share", "order"]].values.tolist() == [
        ["Bob", 1, 4, 0.4, 1],
        [None, 1, 6, 0.6, 0],
    ]


def test_who_is_mentioned_and_never_quoted_has_a_row():
    found = count(TEXT, ANN, mentions=[("Ann", "Ann", "name"), ("Bob", "Bob", "name")])
    assert found[["speaker", "quotations", "order", "mentions"]].values.tolist() == [
        ["Ann", 1, 1, 1],
        ["Bob", 0, 0, 1],
    ]


@pytest.mark.parametrize(
    "column, value",
    [
        ("status", "denied"),
        ("status", "hypothetical"),
        ("level", 2),
        ("quote_type", "scare"),
        ("quote_type", "title"),
    ],
)
def test_what_is_no_asserted_speech_of_the_first_level_is_not_counted(column, value):
    found = count(TEXT, ANN, (*BOB[:2], BOB[2] | {column: value}))
    assert found["speaker"].tolist() == ["Ann"]


def test_order_is_that_of_the_first_quotation():
    found = count(
        "“Yes,” Ann said. “Much more than this,” Bob said.",
        ("“Yes,”", "Ann"),
        ("“Much more than this,”", "Bob"),
    )
    assert found[["speaker", "order"]].values.tolist() == [["Bob", 2], ["Ann", 1]]


def test_cues_are_counted_with_missing_speakers_and_without_what_was_not_said():
    quotes = make_quotes(
        TEXT,
        ANN,
        ANN,
        BOB,
        (ANN[0], None),
        (ANN[0], "Ann", {"status": "denied"}),
        (ANN[0], "Ann", {"cue_verb": None}),
    )
    found = count_cues(quotes)
    assert found.astype("object").where(found.notna(), None).values.tolist() == [
        ["Ann", "say", "neutral", 2],
        ["Bob", "say", "neutral", 1],
        [None, "say", "neutral", 1],
    ]
    assert count_cues(quotes, by="quote_type").columns.tolist() == [
        "quote_type",
        *schema.columns("cues"),
    ]
    with pytest.raises(SchemaError, match="no column `colour`"):
        count_cues(quotes, by="colour")


TALK = "“I think Cy says ‘Bob and Bob lie’ and he knows,” Ann said of Bob."
TALK_QUOTES = (
    ("“I think Cy says ‘Bob and Bob lie’ and he knows,”", "Ann"),
    ("‘Bob and Bob lie’", "Cy", {"level": 2}),
)
TALK_MENTIONS = [
    ("I", "Ann", "pronoun"),
    ("Cy", "Cy", "name"),
    ("Bob", "Bob", "name"),
    ("Bob", "Bob", "name"),
    ("he", "Ann", "pronoun"),
    ("Bob", "Bob", "name"),
]


def test_the_innermost_speaker_speaks_and_nobody_speaks_of_itself_by_pronoun():
    quotes, mentions = make_quotes(TALK, *TALK_QUOTES), make_mentions(TALK, *TALK_MENTIONS)
    speech = make_speech(TALK, quotes)
    assert count_talk(quotes, speech, mentions).values.tolist() == [
        ["Cy", "Bob", 2],
        ["Ann", "Cy", 1],
    ]
    found = select_spoken_about(quotes, speech, mentions)
    assert found[["text", "speaker"]].values.tolist() == [
        ["Cy", "Ann"],
        ["Bob", "Cy"],
        ["Bob", "Cy"],
    ]
    assert set(schema.columns("mentions")) < set(found)


def test_speech_of_one_article_says_nothing_of_the_same_place_in_another():
    quotes, mentions = make_quotes(TALK, *TALK_QUOTES), make_mentions(TALK, *TALK_MENTIONS)
    speech = make_speech(TALK, quotes)
    other = mentions.assign(doc_id="b")
    both = pd.concat([other, mentions], ignore_index=True)
    assert add_speaker(both, quotes, speech)["speaker"].tolist() == [
        *["journalist"] * 6,
        *["Ann", "Ann", "Cy", "Cy", "Ann", "journalist"],
    ]
    assert set(select_spoken_about(quotes, speech, both)["doc_id"]) == {"a"}


def test_a_mention_that_sticks_out_of_speech_stands_in_the_speech_around():
    text = "“Ann Berg ‘and Bob’ left,” Cy said."
    quotes = make_quotes(
        text, ("“Ann Berg ‘and Bob’ left,”", "Cy"), ("‘and Bob’", "Dan", {"level": 2})
    )
    mentions = make_mentions(text, ("Berg ‘and", "Ann", "name"), ("Bob", "Bob", "name"))
    speakers = add_speaker(mentions, quotes, make_speech(text, quotes))["speaker"]
    assert speakers.tolist() == ["Cy", "Dan"]


def test_an_unnamed_speaker_speaks_as_a_missing_value():
    quotes = make_quotes(TALK, (TALK_QUOTES[0][0], None))
    mentions = make_mentions(TALK, ("Cy", "Cy", "name"))
    talk = count_talk(quotes, make_speech(TALK, quotes), mentions)
    assert talk["speaker"].isna().tolist() == [True]


def test_voiced_passages_stay_in_their_sentences():
    articles = wb.read_texts("“We left. It was late,” Ann said.")
    sentences = wb.split_sentences(articles)
    text = articles["text"].iat[0]
    quotes = make_quotes(text, ("“We left. It was late,”", "Ann")).assign(
        doc_id=articles["doc_id"].iat[0]
    )
    found = select_voiced(quotes, make_speech(text, quotes), sentences)
    assert [text[row.start : row.end] for row in found.itertuples()] == [
        "“We left.",
        "It was late,”",
    ]
    assert (
        "<mark"
        in wb.draw_rows(pd.DataFrame({"speaker": ["Ann"]}), found, sentences, by="speaker").data
    )


def test_speech_in_speech_over_several_sentences_has_a_row_a_sentence_each():
    articles = wb.read_texts(["“We left. ‘Go! Now!’ he said. We went,” Ann said.", "“No. Yes.”"])
    sentences = wb.split_sentences(articles)
    text, doc_id = articles.loc[0, ["text", "doc_id"]]
    outer, inner = "“We left. ‘Go! Now!’ he said. We went,”", "‘Go! Now!’"
    quotes = make_quotes(text, (outer, "Ann"), (inner, "Bob"))
    quotes = quotes.assign(doc_id=doc_id)
    found = select_voiced(quotes, make_speech(text, quotes), sentences)
    assert set(found["doc_id"]) == {doc_id}
    pieces = [(row.speaker, text[row.start : row.end]) for row in found.itertuples()]
    of_ann = [piece for speaker, piece in pieces if speaker == "Ann"]
    of_bob = [piece for speaker, piece in pieces if speaker == "Bob"]
    assert of_ann == ["“We left.", "‘Go!", "Now!’ he said.", "We went,”"]
    assert of_bob == ["‘Go!", "Now!’"]
    assert pieces[:4] == [("Ann", piece) for piece in of_ann]


def make_spans(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "start", "end"])


def test_what_touches_is_paired_in_the_order_of_both_tables():
    spans = make_spans(("b", 0, 9), ("a", 4, 8), ("a", 0, 3), ("c", 0, 9))
    others = make_spans(
        ("a", 5, 6),  # inside the second
        ("a", 0, 20),  # around both
        ("a", 3, 4),  # beside both
        ("a", 9, 12),  # beyond
        ("b", 9, 10),
        ("b", 20, 30),
    )
    ours, theirs = pair_touching(spans, others)
    pairs = list(zip(ours.tolist(), theirs.tolist(), strict=True))
    assert pairs == [(0, 4), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)]


def test_of_a_long_dialogue_only_what_stands_together_is_paired():
    lines = make_spans(*[("a", 10 * n, 10 * n + 8) for n in range(1000)])
    ours, theirs = pair_touching(lines, lines)
    assert ours.tolist() == theirs.tolist() == list(range(1000))


def test_anonymous_speech_is_described_with_its_words():
    quotes = make_quotes(
        TEXT,
        (ANN[0], None, {"anonymous": True, "speaker_text": "a source"}),
        BOB,
        (BOB[0], None, {"anonymous": True, "quote_type": "scare"}),
    )
    assert select_anonymous(quotes)[["speaker_text", "content"]].values.tolist() == [
        ["a source", ANN[0]]
    ]


@pytest.mark.parametrize(
    "text, found",
    [
        ("He reportedly left.", ["reportedly"]),
        ("It was rumored that he left.", ["It was rumored"]),
        ("She is said to be ill.", ["is said to"]),
        ("Rumour has it that he left. Sources say so.", ["Rumour has it", "Sources say"]),
        ("The alleged spy left.", ["alleged"]),
        ("Prosecutors alleged that he left.", []),
        ("He said to reporters that it was so.", []),
        ("He supposed that it was so.", []),
    ],
)
def test_what_marks_hearsay(text, found):
    assert find_hearsay(wb.split_tokens(wb.read_texts(text)))["text"].tolist() == found


def test_every_hearsay_word_has_its_source_once():
    listed = read_lexicon("hearsay")
    assert listed["word"].is_unique
    assert listed["source"].str.fullmatch(r".+ \d{4}").all()
    assert (listed["why"] != "").all()


def test_empty_tables_give_empty_tables():
    names = ("quotes", "speech", "mentions", "tokens")
    quotes, speech, mentions, tokens = (schema.table([], name) for name in names)
    for frame, name in [
        (count_voices(quotes, speech, mentions), "voices"),
        (count_cues(quotes), "cues"),
        (count_talk(quotes, speech, mentions), "talk"),
        (find_hearsay(tokens), "hearsay"),
    ]:
        assert frame.empty
        assert frame.columns.tolist() == schema.columns(name)
    assert select_voiced(quotes, speech, schema.table([], "sentences")).empty
    assert select_spoken_about(quotes, speech, mentions).empty
    assert select_anonymous(quotes).empty


def test_tables_are_left_as_they_were():
    quotes = make_quotes(TALK, *TALK_QUOTES)
    tables = quotes, make_speech(TALK, quotes), make_mentions(TALK, *TALK_MENTIONS)
    before = [frame.copy() for frame in tables]
    count_voices(*tables)
    count_cues(tables[0])
    count_talk(*tables)
    for frame, old in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(frame, old)


def test_a_wrong_table_is_refused():
    with pytest.raises(SchemaError, match="not a quotes table"):
        count_cues(pd.DataFrame({"actor": []}))


VOICES = schema.table(
    [
        ("Ann", "person", 2, 30, 4, 0.75, 20, 1, 3),
        ("Bob", "person", 0, 0, 0, 0, 0, 0, 1200),
        (None, None, 1, 10, 0, 0.25, 10, 0, 0),
    ],
    "voices",
)
CUES = schema.table(
    [("Ann", "say", "neutral", 2), (None, "claim", "doubting", 2), ("Bob", "deny", "assertive", 1)],
    "cues",
)
TALKS = schema.table([("Ann", "Bob", 3), (None, "Ann", 1)], "talk")
DRAWN = {
    "voices": (
        draw_voices,
        VOICES,
        "Ann speaks longest: 30 of 40 quoted words; 10 have no named speaker; "
        "Bob is mentioned 1,200 times and not found quoted (1 quotation has no named speaker)",
    ),
    "cues": (
        draw_cues,
        CUES,
        (
            "Neutral verbs such as “say” introduce 2 of 5 quotations; "
            "2 of 3 others introduce nobody who is named (claim)"
        ),
    ),
    "talk": (
        draw_talk,
        TALKS,
        "Ann speaks most often of Bob: 3 of 4 mentions in speech",
    ),
}


@pytest.mark.parametrize("draw, frame, finding", DRAWN.values(), ids=DRAWN)
def test_charts_state_their_finding_and_can_be_drawn(draw, frame, finding):
    spec = draw(frame).to_dict()
    assert spec["description"].startswith(finding)
    assert vl_convert.vegalite_to_svg(spec)


@pytest.mark.slow
@pytest.mark.parametrize("draw, frame, finding", DRAWN.values(), ids=DRAWN)
def test_charts_draw_empty_hostile_and_many(draw, frame, finding):
    assert (
        "obody" in draw(frame.head(0)).to_dict()["description"]
        or "anybody" in draw(frame.head(0)).to_dict()["description"]
    )
    first = frame.columns[0]
    many = pd.concat(
        [frame.head(1).assign(**{first: f"{HOSTILE} {number}"}) for number in range(300)],
        ignore_index=True,
    )
    assert vl_convert.vegalite_to_svg(draw(many).to_dict()).count("<script>") == 0


def test_never_quoted_is_said_only_where_no_quotation_is_open():
    said = draw_voices(VOICES.head(2)).to_dict()["description"]
    assert said.startswith(
        "Ann speaks longest: 30 of 30 quoted words; Bob is mentioned 1,200 times and never quoted"
    )
    alone = draw_voices(VOICES.tail(1)).to_dict()["description"]
    assert alone.startswith("No speaker is named for the 10 quoted words")


def test_if_nobody_is_quoted_the_chart_says_so():
    assert (
        draw_voices(VOICES.iloc[[1]]).to_dict()["description"]
        == "Nobody is quoted; Bob is mentioned 1,200 times and never quoted"
    )


def test_the_seed_article_gives_the_word_to_whom_a_reader_hears(seeds):
    quotes = wb.find_quotes(seeds.articles, seeds.tokens, seeds.mentions)
    speech = wb.find_speech(seeds.articles, seeds.tokens)
    found = count_voices(quotes, speech, seeds.mentions)
    speaking = found.loc[(found["quoted_words"] > 0) & found["speaker"].notna(), "speaker"]
    assert speaking.tolist() == [
        "Jake Sullivan",
        "Saeed Khatibzadeh",
        "Ebrahim Raisi",
        "Naftali Bennett",
        "Iran",
        "a source",
    ]
    assert found["share"].sum() == pytest.approx(1)
