"""Who is quoted saying what: marks that pair, quotations put together, and who speaks."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import analysis as wb
from analysis.find.quotes import find_quotes
from analysis.find.speech.marks import find_marked

# text => what stands in marks, in order, nested ones behind the one that they stand in.
MARKS = """“We will go,” she said. => “We will go,”
"We will go," she said. "Now." => "We will go,"|"Now."
‘We will go,’ she said. => ‘We will go,’
'We will go,' she said. => 'We will go,'
«We will go», she said. => «We will go»
»We will go«, she said. => »We will go«
„We will go“, she said. => „We will go“
“He said ‘go’ and left,” she said. => “He said ‘go’ and left,”|‘go’
"He said 'go' and left," she said. => "He said 'go' and left,"|'go'
“He said ‘I can’t go’ and left,” she said. => “He said ‘I can’t go’ and left,”|‘I can’t go’
‘I like the workers’ party,’ she said. => ‘I like the workers’ party,’
“We (all of us) [will] go,” she said. => “We (all of us) [will] go,”
(“We will go,” she said.) => “We will go,”
The workers' party wasn't Ann Miller's in the '90s. =>
The workers’ party wasn’t Ann Miller’s. =>
He is 6'3" and she is 5'2" tall. =>
He said "go," and she is 5'2" tall. => "go,"
“We will go “We will stay.” => “We will go|“We will stay.”
"We will go. => "We will go."""


@pytest.mark.parametrize("line", MARKS.splitlines())
def test_what_stands_in_marks(line):
    text, _, expected = line.partition(" =>")
    assert [text[each.start : each.end] for each in find_marked(text, 0, len(text))] == [
        part for part in expected.strip().split("|") if part
    ]


def test_marks_say_whether_they_are_closed_and_how_deep_they_stand():
    found = find_marked("“Say ‘go’ now.” “Go", 0, 19)
    assert [tuple(each) for each in found] == [
        (0, 15, True, 1),
        (5, 9, True, 2),
        (16, 19, False, 1),
    ]


HUGE = [
    *(mark * 1_000_000 for mark in "“”\"'‘«»„"),
    "“rain” " * 200_000,
    '"rain" ' * 200_000,
    "“rain " * 200_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HUGE, ids=lambda text: text[:7])
def test_marks_without_end_come_to_an_end(text):
    assert all(0 <= each.start < each.end <= len(text) for each in find_marked(text, 0, len(text)))


@pytest.mark.slow
def test_single_marks_without_end_come_to_an_end():
    assert len(find_marked("‘a’ " * 200_000, 0, 800_000)) == 200_000


def tables(text):
    articles = wb.read_texts(text)
    tokens = wb.split_tokens(articles)
    return articles, tokens, wb.find_mentions(articles, tokens)


def quotes(text, **options):
    return find_quotes(*tables(text), **options)


def rows(text, *columns, **options):
    return quotes(text, **options)[list(columns)].fillna("").values.tolist()


# text => content | speaker | actor | cue | quote_type; two quotations are parted by ;;
# and ¶ is an empty line in the text.
SPEECH = """“We will go home,” Ann Miller said. \
=> “We will go home,”|Ann Miller|Ann Miller|said|direct
"We will go home," Ann Miller said. => "We will go home,"|Ann Miller|Ann Miller|said|direct
“We will go,” she said, “soon.” => “We will go,” … “soon.”|she||said|direct
“We will go home,” Ann Miller said. “The road is free.” \
=> “We will go home,” … “The road is free.”|Ann Miller|Ann Miller|said|direct
“We will go home,” said Ann Miller, a fellow at Yale. \
=> “We will go home,”|Ann Miller, a fellow at Yale|Ann Miller|said|direct
“We will go home,” according to Ann Miller. \
=> “We will go home,”|Ann Miller|Ann Miller|according to|direct
Ann Miller said: “We will go home.” => “We will go home.”|Ann Miller|Ann Miller|said|direct
Ann Miller told reporters: “We will go home.” \
=> “We will go home.”|Ann Miller|Ann Miller|told|direct
Ann Miller said that it was “too late” to go. \
=> that it was “too late” to go|Ann Miller|Ann Miller|said|mixed
Ann Miller said that it would rain. => that it would rain|Ann Miller|Ann Miller|said|indirect
Ann Miller said it would rain. => it would rain|Ann Miller|Ann Miller|said|indirect
It will rain, Ann Miller said. => It will rain|Ann Miller|Ann Miller|said|indirect
According to Ann Miller, it will rain. => it will rain|Ann Miller|Ann Miller|According to|indirect
Ann Miller told reporters that it would rain. \
=> that it would rain|Ann Miller|Ann Miller|told|indirect
Ann Miller made it clear that it would rain. \
=> that it would rain|Ann Miller|Ann Miller|made it clear|indirect
Ann Miller accused Bob Stone of stealing a car. \
=> of stealing a car|Ann Miller|Ann Miller|accused|indirect
Iran has ruled out agreeing to a deal. => agreeing to a deal|Iran|Iran|has ruled out|indirect
It was rumored on Monday that Ann Miller had left. \
=> that Ann Miller had left|||was rumored|indirect
Minister: Talks have failed¶It rained on Monday. => Talks have failed|Minister||:|indirect
The report said that prices had risen. => that prices had risen|The report||said|indirect
The letter said: “We will go home.” => “We will go home.”|The letter||said|direct
Ann Miller met Bob Stone. She said that it would rain. \
=> that it would rain|She|Ann Miller|said|indirect
Ann Miller met Bob Stone. Stone said that it would rain. \
=> that it would rain|Stone|Bob Stone|said|indirect
Ann Miller, a spokesman for Iran, met Bob Stone. The spokesman said it would rain. \
=> it would rain|The spokesman|Ann Miller|said|indirect
Ann Miller, who said that it would rain, left. => that it would rain|who|Ann Miller|said|indirect
Tehran said that it would rain. => that it would rain|Tehran|Iran|said|indirect
The so-called “expert” left the room. => “expert”||||scare
The “war on drugs” goes on. => “war on drugs”||||scare
They saw “Northern Lights Over Paris” on Monday. => “Northern Lights Over Paris”||||title
Ann Miller warned of a war. => a war|Ann Miller|Ann Miller|warned|indirect
They saw “The Old Man and the Sea” on Monday. => “The Old Man and the Sea”||||title
“Read ‘The Old Man’ now,” Ann Miller said. \
=> “Read ‘The Old Man’ now,”|Ann Miller|Ann Miller|said|direct
“No,” he said. ‘Go home now,’ said Bob Stone. \
=> “No,”|he||said|direct;;‘Go home now,’|Bob Stone|Bob Stone|said|direct
It rained on Monday. =>
Ann Miller said it would rain. “The road to Paris is free.” \
=> it would rain … “The road to Paris is free.”|Ann Miller|Ann Miller|said|mixed
Asked about the vote, Ann Miller left. =>
Asked whether it would rain, Ann Miller shrugged. =>
“Is the road free?” Ann Miller asked. => “Is the road free?”|Ann Miller|Ann Miller|asked|direct
“Is the road free?” Sheriff Bob Stone, a widower, told Ann Miller on Monday. \
=> “Is the road free?”|Sheriff Bob Stone, a widower|Bob Stone|told|direct
“Is the road free?” Bob Stone said he was late. \
=> “Is the road free?”||||direct;;he was late|Bob Stone|Bob Stone|said|indirect
“Are you ill, Ann?” asked Mr Stone. => “Are you ill, Ann?”|Mr Stone|Stone|asked|direct
“Ladies, gentlemen,” Bob Stone began, “it is late.” \
=> “Ladies, gentlemen,” … “it is late.”|Bob Stone|Bob Stone|began|direct
The road was closed on Monday.¶“It will be free by May.” — Sheriff Bob Stone \
=> “It will be free by May.”|Sheriff Bob Stone|Bob Stone||direct
Ann Miller, 41, from York: “The road is never free.” \
=> “The road is never free.”|Ann Miller, 41, from York|Ann Miller||direct
LONDON — Mayor Ann Miller said that it would rain. \
=> that it would rain|Mayor Ann Miller|Ann Miller|said|indirect
And from Judge Ann Miller:¶“The road is never free.” \
=> “The road is never free.”|Judge Ann Miller|Ann Miller||direct
Ann Miller left.¶“The road is closed.¶“It will be free by May,” she said. \
=> “The road is closed.¶“It will be free by May,”|she|Ann Miller|said|direct
“It is late,’’ Ann Miller said. “We will go.” \
=> “It is late,’’ … “We will go.”|Ann Miller|Ann Miller|said|direct
History shows that it will rain. =>
They played “Selling Your Boat” on Monday. => “Selling Your Boat”||||title
“It is late,” said a man known as “Rusty.” \
=> “It is late,”|a man|a man|said|direct;;“Rusty.”||||scare
Having said that, it will rain. =>
Nobody accuses Ann Miller of a crime. =>
Ann Miller praised Bob Stone. =>
“The road to Paris is free.” => “The road to Paris is free.”||||direct
“It is bad,” said Ann Lee.¶A top aide put it bluntly in an email: “There is no worse time.” \
=> “It is bad,”|Ann Lee|Ann Lee|said|direct;;\
“There is no worse time.”|A top aide|a top aide||direct
Ann Lee railed against Bob Reed. =>
“We come here, and they are our family,” Representative John Lewis, Democrat of Georgia, said at \
the Capitol. => “We come here, and they are our family,”|\
Representative John Lewis, Democrat of Georgia|John Lewis|said|direct
Ann Lee refused to answer questions. =>
Criticizing the plans of Ann Lee is easy. =>
The bank issued a statement saying Ann Lee was ill. => Ann Lee was ill|The bank||saying|indirect
In an interview with Fox News, Ann Lee, who chairs the committee, said that it was late. \
=> that it was late|Ann Lee|Ann Lee|said|indirect
In an e-mail to The Washington Post, Emily Hale, a spokeswoman for the agency, said that it was \
late. => that it was late|Emily Hale, a spokeswoman for the agency|Emily Hale|said|indirect
Before the Senate Intelligence Committee on Thursday, Dan Coats, the director, said that it was \
late. => that it was late|Dan Coats, the director|Dan Coats|said|indirect
The bill, backed by Ann Lee, Bob Stone and others, says that taxes will fall. \
=> that taxes will fall|The bill||says|indirect"""


@pytest.mark.parametrize("line", SPEECH.splitlines())
def test_who_says_what(line):
    text, _, expected = line.partition(" =>")
    columns = ["content", "speaker_text", "speaker", "cue", "quote_type"]
    found = rows(text.replace("¶", "\n\n"), *columns)
    expected = expected.strip().replace("¶", "\n\n")
    assert found == [row.split("|") for row in expected.split(";;") if row]


def test_a_block_quotation_behind_a_colon_is_the_speakers():
    found = rows(
        "Ann Miller wrote:\n\nWe will go home. We are tired.\n\nIt rained on Monday.",
        "content",
        "speaker",
        "quote_type",
    )
    assert found == [["We will go home. We are tired.", "Ann Miller", "direct"]]


def test_an_interview_is_speech_turn_by_turn():
    found = rows(
        (
            "Q: What will you do?\n\nAnn Miller: We will go. We are tired.\n\nQ: When?\n\n"
            "Ann Miller: Soon."
        ),
        "content",
        "speaker_text",
        "quote_type",
    )
    assert [row[:2] for row in found] == [
        ["What will you do?", "Q"],
        ["We will go. We are tired.", "Ann Miller"],
        ["When?", "Q"],
        ["Soon.", "Ann Miller"],
    ]
    assert {row[2] for row in found} == {"direct"}


STATUS = {
    "says": "asserted",
    "did not say": "denied",
    "never said": "denied",
    "would say": "hypothetical",
    "could say": "hypothetical",
}


@pytest.mark.parametrize("said, status", STATUS.items())
def test_what_was_not_said_is_told_apart(said, status):
    assert rows(f"Ann Miller {said} that it is late.", "cue", "status") == [[said, status]]
    assert rows("If Ann Miller says that it is late, we will go.", "status") == [["hypothetical"]]


# "The official" points back to somebody; officials without a name or article are nobody.
UNNAMED = [
    "A source close to the team",
    "An official",
    "Officials",
    "Iranian officials",
    "A spokesman for Iran",
]
NAMED = ["The official", "Ann Miller", "She", "The report", "Iran"]


@pytest.mark.parametrize("speaker", UNNAMED + NAMED)
def test_a_person_described_and_not_named_is_flagged(speaker):
    assert rows(f"{speaker} said that it would rain.", "speaker_text", "anonymous") == [
        [speaker, speaker in UNNAMED]
    ]


FLOATING = "“The road to Paris is free.”"


def test_a_quotation_alone_in_the_next_paragraph_goes_on_with_its_speaker_and_the_rule_says_so():
    found = quotes(f"“We will go home,” Ann Miller said.\n\n{FLOATING}")
    assert found[["content", "speaker"]].values.tolist() == [
        [f"“We will go home,” … {FLOATING}", "Ann Miller"]
    ]
    assert "goes on in the next paragraph" in found.loc[0, "rule"]


def test_a_speaker_is_not_carried_over_a_paragraph_of_narration():
    found = rows(
        f"“We will go home,” Ann Miller said.\n\nIt rained all day.\n\n{FLOATING}",
        "content",
        "speaker_text",
        "speaker",
    )
    assert found == [["“We will go home,”", "Ann Miller", "Ann Miller"], [FLOATING, "", ""]]


def test_a_dialogue_in_which_nobody_is_named_has_no_speaker():
    found = quotes("“Where are you going?”\n\n“I am going home now.”\n\n“Then I will come too.”")
    assert len(found) == 3
    assert found[["speaker_text", "speaker_start", "speaker", "cue"]].isna().all(axis=None)


def test_a_quotation_reopened_in_each_paragraph_and_closed_once_is_one():
    found = rows(
        "“It is late,” Ann Miller said. “It rains.\n\n“The road is free.\n\n“We are glad.”",
        "content",
        "start",
        "end",
        "speaker",
    )
    assert found == [
        ["“It is late,” … “It rains.\n\n“The road is free.\n\n“We are glad.”", 0, 77, "Ann Miller"]
    ]


def test_a_mark_never_closed_harms_nothing_beyond_its_paragraph():
    found = rows(
        "“The road is bad.\n\nIt was late. “The road is free,” Bob Stone said.",
        "content",
        "speaker_text",
    )
    assert found == [["“The road is bad.", ""], ["“The road is free,”", "Bob Stone"]]


def test_what_is_reported_inside_a_quotation_is_a_level_deeper():
    found = rows(
        "“Ann Miller said that it would rain,” Bob Stone said.", "content", "speaker", "level"
    )
    assert found == [
        ["“Ann Miller said that it would rain,”", "Bob Stone", 1],
        ["that it would rain", "Ann Miller", 2],
    ]


def test_the_tables_of_the_caller_stay_as_they_were():
    given_tables = tables("“We will go home,” Ann Miller said. “The road is free.”")
    before = [table.copy(deep=True) for table in given_tables]
    find_quotes(*given_tables)
    for was, now in zip(before, given_tables, strict=True):
        pd.testing.assert_frame_equal(was, now)


def test_no_articles_and_no_mentions_give_an_empty_table_or_no_actors():
    articles, tokens, found = tables("“We will go home,” Ann Miller said.")
    assert find_quotes(articles, tokens.iloc[:0], found.iloc[:0]).empty
    assert find_quotes(articles, tokens, found.iloc[:0])["speaker"].isna().all()


def check_offsets(text):
    articles, tokens, found = tables(text)
    text, found = articles["text"].iloc[0], find_quotes(articles, tokens, found)
    ends = []
    for row in found.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        if not pd.isna(row.speaker_text):
            assert row.speaker_text == text[row.speaker_start : row.speaker_end]
        if not pd.isna(row.cue):
            assert row.cue == text[row.cue_start : row.cue_end]
        ends = [end for end in ends if end > row.start]
        assert row.level == len(ends) + 1 and all(row.end <= end for end in ends)
        ends.append(row.end)
    return len(found)


MARKED = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''"]
PARTS = [
    *MARKED,
    " ",
    ". ",
    ", ",
    ": ",
    "\n\n",
    "Ann Miller ",
    "she ",
    "said ",
    "that ",
    "it rains ",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(st.sampled_from(PARTS), max_size=40).map("".join), st.text(max_size=80)))
def test_any_text_gives_quotations_in_order_each_inside_the_text_and_inside_those_around_it(text):
    check_offsets("It rains. " + text)


def test_every_place_is_where_its_words_stand():
    assert (
        check_offsets(
            "“We will go,” she said, “soon.”\n\nAnn Miller said that Bob Stone said it was “late”."
        )
        == 3
    )
