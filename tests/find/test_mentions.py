"""Every kind of mention: which words, whom they mean, where they stand; what is left open."""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import analysis as wb
from analysis import schema
from analysis.errors import SchemaError
from analysis.find.names.encoder import NAME_LABELS, read_article
from analysis.find.roles import ROLES
from analysis.lexicons import first_names, resource
from analysis.parse.tree import Tree
from analysis.schema import KINDS, TYPES
from benchmarks.gold import TEXTS, compare, read_coding, text_path

SPOKEN = ("name", "alias", "acronym", "metonym")
# [mention|actor|kind], or [mention] where it is a name and the actor's; ¶ begins a paragraph.
# Brackets nest as mentions do.
TITLES = """[President|Joe Biden|title] [Joe Biden] met [Gen.|Mark Milley|title] [Mark Milley].
Former [U.S.|United States|acronym] [President|Joe Biden|title] [Joe Biden] left.
[Joe Biden] met [his|Joe Biden|pronoun] [wife|Ann Miller|title] [Ann Miller]."""
DESCRIPTIONS = """[Bob Berg], [a spokesman for [NATO|NATO|acronym]|Bob Berg|description], smiled.
[A spokesman|Saeed Khatibzadeh|description], [Saeed Khatibzadeh], left.
[Mark Milley] was [the leader of [NATO|NATO|acronym]|Mark Milley|description].
[Mark Milley] was not the leader of [NATO|NATO|acronym].
[Mark Milley] is no general, and was never a minister.
[General|Mark Milley|title] [Mark Milley] left. [The general|Mark Milley|description] smiled.
[President|Joe Biden|title] [Joe Biden] smiled. \
[The culprit|Joe Biden|description] – [the president|Joe Biden|description] – must go.
[Ann Miller], [a minister|Ann Miller|description], met [Bob Berg]. \
[The minister|Ann Miller|description] smiled.
[King|Charles|title] [Charles] smiled. [The king|Charles|description] left.
[Israel] is [a small country|Israel|description].
Somebody left. [He||pronoun] smiled.
[Ann Miller] is [[his||pronoun] wife|Ann Miller|description]. \
[His||pronoun] [wife|Ann Miller|title] [Ann Miller] smiled."""
STATES = """[Iranian|Iran|adjective] officials met [Americans|United States|adjective].
The [[US|United States|part] State Department|US State Department|name] asked reporters.
[Tehran|Iran|metonym] rejected the deal. [Joe Biden] landed in [Tehran].
[Dakar|Senegal|metonym] dismissed the charge. Talks were held in [Dakar].
The [White House|United States|metonym] and the [Kremlin|Russia|metonym] rejected the deal.
Reporters asked [Beijing|China|metonym] about the plan.
[Tehran|Iran|metonym] is looking for a lasting agreement. [Paris] looks beautiful in spring.
[IRAN|Iran|name] AND THE [UNITED STATES|United States|name] HOLD TALKS¶It rained.
[Moscow|Russia|metonym] cut gas supplies. [Berlin] broke records for heat. [London] moved on.
[Moscow|Russia|metonym] moved to protect [its|Russia|pronoun] turf. [Paris] looks to be asleep.
[Moscow|Russia|metonym] keeps supplying weapons. [Paris] continued to grow.
[Amman|Jordan|metonym] welcomed the verdict. [Rome] welcomes tourists."""
PRONOUNS = """The 2015 [Joint Comprehensive Plan of Action] is dead. \
[It|Joint Comprehensive Plan of Action|pronoun] failed.
[Ann Miller] left. [She|Ann Miller|pronoun] smiled.
[Joe Biden] left. [He|Joe Biden|pronoun] smiled. \
[His|Joe Biden|pronoun] aides followed [him|Joe Biden|pronoun].
[Queen|Margrethe|title] [Margrethe] smiled. Reporters met [her|Margrethe|pronoun].
[Xq Zorro], [an actress|Xq Zorro|description], left. [She|Xq Zorro|pronoun] smiled.
[President|Xi Jinping|title] [Xi Jinping] met [Ann Miller]. \
[He|Xi Jinping|pronoun] smiled at [her|Ann Miller|pronoun].
[Iran] rejected the deal. [It|Iran|pronoun] wants [its|Iran|pronoun] money.
[Germany] blames [itself|Germany|pronoun].
[Ann Miller] hurt [herself|Ann Miller|pronoun]. [Joe Biden] hurt [himself|Joe Biden|pronoun].
[NATO|NATO|acronym] said that [it|NATO|pronoun] would defend [its|NATO|pronoun] members.
[Iran] attacked [Israel]. \
[Iran] said that [it|Iran|pronoun] would defend [its|Iran|pronoun] citizens.
The [European Union] met. \
[They|European Union|pronoun] agreed on [their|European Union|pronoun] rules.
It rained in [Vienna]."""
SPEAKERS = """‘[I|Joe Biden|pronoun] am tired,’ [Joe Biden] said.
“[I|Joe Biden|pronoun] am tired,” [Joe Biden] said. “[My|Joe Biden|pronoun] wife is here.”
"[We|Joe Biden|pronoun] won," said [Joe Biden].
[Joe Biden] said, “[We|Joe Biden|pronoun] won.”
According to [Joe Biden], "[we|Joe Biden|pronoun] won".
«[We|Joe Biden|pronoun] won», according to [Joe Biden].
[Joe Biden] smiled. “[We|Joe Biden|pronoun] won,” [he|Joe Biden|pronoun] said.
“[I|Joe Biden|pronoun] won,” [Joe Biden] said.¶“[I|Ann Miller|pronoun] lost,” [Ann Miller] said.
I met [Joe Biden], and [Joe Biden] said that we won.
[Joe Biden] said: “[We|Joe Biden|pronoun] won.¶[Ann Miller] smiled. We won."""
NAMES = """On Monday [Mrs|Miller|title] [Miller] left.
[Chairwoman|Berg|title] [Berg] smiled.
Reporters asked [Park Geun-hye]. Then [Ms|Park Geun-hye|title] [Park|Park Geun-hye|alias] smiled.
[Kwame Oduro] met [Efua Oduro]. [Oduro||alias] smiled.
Reporters met [Mark Milley], not a general.
Reporters asked [Seo Min-jae] on Monday. Later [Seo|Seo Min-jae|alias] left.
Reporters asked [Nguyen Thi Lan Anh]. \
Later [Ms|Nguyen Thi Lan Anh|title] [Lan Anh|Nguyen Thi Lan Anh|alias] left.
[Seo Min-jae] met reporters. Then [Mr|Seo Min-jae|title] [Seo|Seo Min-jae|alias] smiled.
Reporters asked [Lucía Herrera Montoya]. \
Later [Ms|Lucía Herrera Montoya|title] [Herrera|Lucía Herrera Montoya|alias] left.
Reporters asked [Sanne van Loon]. Then [Van Loon|Sanne van Loon|alias] smiled.
Reporters asked [Oluwaseun Adebayo]. Later [Adebayo|Oluwaseun Adebayo|alias] smiled.
Reporters asked [Nguyễn Phú Trọng]. \
Later [Mr|Nguyễn Phú Trọng|title] [Trọng|Nguyễn Phú Trọng|alias] smiled.
The [Maritime Fraud Office] ([MFO|Maritime Fraud Office|acronym]) met. \
The [MFO|Maritime Fraud Office|acronym] agreed.
The [International Court of Justice] met. \
The [ICJ|International Court of Justice|acronym] agreed."""
LIMITS = """[Mark Milley], [a general|Mark Milley|description], left.
[Iran] left the [Joint Comprehensive Plan of Action] \
([JCPOA|Joint Comprehensive Plan of Action|acronym])."""
OPEN = """[Mark Milley] is [the general|Mark Milley|description] [Joe Biden] chose.
[Gen.|Mark Milley|title] [Mark Milley] left. [The general|Mark Milley|description] smiled."""


def find_all(text, **options):
    articles = wb.read_texts(text)
    return wb.find_mentions(articles, wb.split_tokens(articles), **options)


def find(text, **options):
    """The mentions of whoever has a name, and names and pronouns that are left open."""
    found = find_all(text, **options)
    without_name = (found["actor_type"] == "unnamed") | (found["code"] == "perhaps_named")
    return found[~without_name].reset_index(drop=True)


def rows(found, *columns):
    return found[list(columns)].fillna("").values.tolist()


def read_marked(marked):
    """The text without its marks; (mention, actor, kind) of what is marked, in table order."""
    text, opened, spans = "", [], []
    for piece in re.split(r"(\[|(?:\|[^][|]*){0,2}\])", marked.replace("¶", "\n\n")):
        if piece == "[":
            opened.append(len(text))
        elif piece.endswith("]"):
            start = opened.pop()
            spans.append(
                (
                    start,
                    -len(text),
                    [
                        text[start:],
                        *(piece[1:-1].split("|") if piece != "]" else (text[start:], "name")),
                    ],
                )
            )
        else:
            text += piece
    return text, [span[2] for span in sorted(spans)]


def lines(*blocks):
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("marked", lines(TITLES, DESCRIPTIONS, STATES, PRONOUNS, SPEAKERS, NAMES))
def test_every_mention_of_every_kind_is_found_with_whom_it_means(marked):
    text, expected = read_marked(marked)
    found = find(text)
    assert rows(found, "text", "actor", "kind") == expected
    assert (found.groupby("actor")["actor_type"].nunique() == 1).all()


@pytest.mark.xfail(
    raises=AssertionError,
    reason="the small model parses it otherwise, or the weights are not sure enough",
)
@pytest.mark.parametrize("marked", lines(LIMITS))
def test_every_mention_is_found_by_a_careful_reader(marked):
    test_every_mention_of_every_kind_is_found_with_whom_it_means(marked)


@pytest.mark.xfail(
    raises=AssertionError, reason="the rules on titles and descriptions are not good enough yet"
)
@pytest.mark.parametrize("marked", lines(OPEN))
def test_every_mention_is_found_by_better_rules(marked):
    test_every_mention_of_every_kind_is_found_with_whom_it_means(marked)


# A text; who in it has no name, with all that is said of it; who is named later.
STRANGERS = """Residents protested. The residents left. => residents: Residents, The residents
A man came in. He sat down. A woman watched him. => a man: A man, He, him; a woman: A woman
A man shouted. Another man wept. => a man: A man; a man (2): Another man
Two police officers saw a dog. => police officers: Two police officers
“We are tired,” a spokesman for the White House said. => a spokesman for the White House: We, \
a spokesman for the White House
No witnesses came. Any voter can go. Ann Miller works as a teacher. =>
Ann Miller is a teacher. Bob Reed, a plumber, left. =>
A Lakeside man pleaded guilty. He smiled.¶Kevin Smith, 34, faces ten years. => \
Kevin Smith: A Lakeside man, He, Kevin Smith
Lakeside man pleads guilty¶A Lakeside man pleaded guilty. Kevin Smith, 34, smiled. => \
Kevin Smith: Lakeside man, A Lakeside man, Kevin Smith
A teacher was shot. Police identified the victim as Maria Lopez. => a teacher: A teacher; \
Maria Lopez: the victim, Maria Lopez; police: Police
A 34-year-old woman was charged. Anna Doyle, 52, left. Lena Price, 34, wept. => \
Lena Price: A 34-year-old woman, Lena Price
A spokesman for the hospital spoke. Paul Reed, a spokesman for the army, wept. => \
a spokesman for the hospital: A spokesman for the hospital
A man was arrested. Anna Doyle, 52, smiled. => a man: A man
A man was arrested on Monday. Kevin Smith was arrested by Detective Ann Lee. => \
Kevin Smith: A man, Kevin Smith"""


@pytest.mark.parametrize("line", STRANGERS.replace("\\\n", "").splitlines())
def test_people_without_a_name_are_found_and_named_when_the_text_names_them(line):
    text, _, expected = line.partition(" =>")
    found = find_all(text.replace("¶", "\n\n"))
    later = found.loc[found["code"] == "named_later", "actor"]
    apart = found[(found["actor_type"] == "unnamed") | found["actor"].isin(later)]
    said = {actor: ", ".join(its["text"]) for actor, its in apart.groupby("actor")}
    assert said == dict(each.split(": ") for each in expected.strip().split("; ") if each)


def test_a_description_of_one_person_who_may_be_named_is_left_open():
    found = find_all("Ann Miller met Bob Reed. The chairwoman left. Her lawyer smiled. She slept.")
    by_text = found.set_index("text")
    assert by_text.loc["The chairwoman", "code"] == "perhaps_named"
    assert by_text.loc["The chairwoman", "rule"] == (
        "“chairwoman”: perhaps somebody whom the text names; who, it leaves open"
    )
    assert by_text.loc["Her lawyer", "actor"] == "the lawyer"


def test_he_as_a_speaker_is_whoever_spoke_last_unless_another_does_something_between():
    found = find("Bob Reed said it was late. “It is dark,” he added. Tom Hale left. He smiled.")
    assert rows(found[found["code"] == "last_speaker"], "text", "actor") == [["he", "Bob Reed"]]
    found = find("Bob Reed said it was late. Tom Hale wept. “It is dark,” he added.")
    assert not (found["code"] == "last_speaker").any()


def test_president_trump_is_not_the_junior_who_is_named_later():
    text = "President Trump spoke. Donald Trump Jr. left. Trump Jr. smiled. Mr. Trump slept."
    named = find(text).query("kind != 'title'")
    assert rows(named, "text", "actor") == [
        ["Trump", "Trump"],
        ["Donald Trump Jr.", "Donald Trump Jr."],
        ["Trump Jr.", "Donald Trump Jr."],
        ["Trump", "Trump"],
    ]


def test_he_in_what_somebody_says_is_who_says_it_but_for_what_another_should_do():
    found = find("Jerry Pow told Daniel Dale that he would wait. Ann Lee said she was tired.")
    assert rows(found[found["kind"] == "pronoun"], "text", "actor", "code") == [
        ["he", "Jerry Pow", "tells_of_self"],
        ["she", "Ann Lee", "tells_of_self"],
    ]
    found = find("John Hale was late. Bob Reed said he should leave.")
    assert not (found["code"] == "tells_of_self").any()


def test_he_as_a_speaker_spoke_last_however_long_the_quotation_was():
    speech = "“It is dark. It is cold. Go home. Sleep well,” Bob Reed said. “Wake up. Eat. Go out.”"
    found = find(f"Tom Hale left. {speech}\n\n“Tom Hale is late,” he added.")
    assert rows(found[found["code"] == "last_speaker"], "text", "actor") == [["he", "Bob Reed"]]


def test_a_couple_is_two_people():
    couple = find("John Trump spoke. Mr. Trump and Mrs. Trump danced.").query("kind != 'title'")
    assert couple["actor"].tolist() == ["John Trump", "John Trump", "Mrs. Trump"]
    shared = find("Barack and Michelle Obama left. Clinton and Michelle Obama met Bill Clinton.")
    assert shared["actor"].tolist() == [
        "Barack Obama",
        "Michelle Obama",
        "Bill Clinton",
        "Michelle Obama",
        "Bill Clinton",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Seth Lee asked Ann Lee, Dad and the governor.",
        "A PAC attacked Ann Lee. Seth Lee left.",
        "Ann Lee met Seth Lee.\n\nReuters' Bob Reed and Tom Hale contributed to this report.",
    ],
)
def test_words_of_kin_and_kinds_and_credits_are_no_actors(text):
    found = find(text).query("kind == 'name'")
    assert set(found["actor"]) == {"Seth Lee", "Ann Lee"}


def test_people_are_no_strangers_where_the_text_may_name_them_or_only_says_of_what_kind():
    found = find_all(
        "He was one of the richest presidents ever. Voters believe this man is guilty."
    )
    assert found.query("actor_type == 'unnamed'")["actor"].tolist() == ["voters"]
    assert found[found["text"] == "this man"]["code"].tolist() == ["perhaps_named"]


def test_people_without_a_name_are_counted_apart():
    found = find_all("Residents met Ann Miller. Residents left.")
    assert wb.count_actors(found)["actor"].tolist() == ["Ann Miller"]
    apart = wb.count_actors(found, types="unnamed")
    assert apart[["actor", "n"]].values.tolist() == [["residents", 2]]


def test_a_title_is_a_row_of_its_own_or_part_of_the_mention():
    text = (
        "Former U.S. President Joe Biden met reporters. Then General Mark Milley left. "
        "The general smiled."
    )
    apart, widened = find(text), find(text, titles="with")
    assert widened["text"].tolist() == [
        "U.S.",
        "President Joe Biden",
        "General Mark Milley",
        "The general",
    ]
    others = apart[apart["kind"] != "title"].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        widened.drop(columns=["start", "text"]), others.drop(columns=["start", "text"])
    )
    with pytest.raises(SchemaError, match="titles is .* not 'none'"):
        find(text, titles="none")


def test_names_inside_other_names_agreements_and_places_are_not_counted_unless_asked():
    found = find(
        "The US State Department read the 2015 Joint Comprehensive Plan of Action (JCPOA). "
        "In Vienna, Iran left the JCPOA."
    )
    plan, department = "Joint Comprehensive Plan of Action", "US State Department"
    assert rows(found[found["actor"] == plan], "text", "actor_type") == [
        [plan, "other"],
        ["JCPOA", "other"],
        ["JCPOA", "other"],
    ]
    assert set(wb.select_counted(found)["actor"]) == {department, "Iran"}
    assert wb.select_counted(found, kinds="part")["text"].tolist() == ["US"]
    assert set(wb.select_counted(found, types=["other", "place"])["actor"]) == {plan, "Vienna"}


CLAUSES = """Joe Biden:agent told Ann Miller:addressee that Iran:agent attacked Israel:patient.
Putin:possessor’s aides left with Merkel:other. Iran:patient was attacked by Israel:agent.
NATO:agent said that it:agent would defend its:possessor members.
Bob Berg:patient, a spokesman:patient, was dismissed. The Iranian:other army left.
The Bank of England:agent asked General:addressee Mark Milley:addressee."""


@pytest.mark.parametrize("marked", CLAUSES.splitlines())
def test_the_role_of_a_mention_is_what_it_does_in_its_clause(marked):
    found = find(re.sub(r":\w+", "", marked))
    found = found[found["kind"] != "part"]
    assert found["role"].tolist() == re.findall(r":(\w+)", marked)


def test_a_mention_stands_in_the_headline_the_lead_or_the_rest():
    text = "Iran Wins\n\nJoe Biden left.\n\nAnn Miller left."
    assert rows(find(text), "text", "position") == [
        ["Iran", "headline"],
        ["Joe Biden", "lead"],
        ["Ann Miller", "rest"],
    ]
    assert find(text.partition("\n\n")[2])["position"].tolist() == ["lead", "rest"]


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", '""'])
def test_a_mention_is_quoted_inside_any_marks_and_an_unclosed_one_ends_with_its_paragraph(marks):
    opening, closing = marks
    found = find(
        f"Joe Biden said: {opening}Iran left.{closing} Israel smiled. {opening}NATO left.\n\n"
        "Russia smiled."
    )
    assert rows(found, "text", "quoted") == [
        ["Joe Biden", False],
        ["Iran", True],
        ["Israel", False],
        ["NATO", True],
        ["Russia", False],
    ]


def test_a_surname_that_two_share_is_linked_by_title_or_who_was_named_so_far_else_left_open():
    text = (
        "Kwame Oduro left. Then Oduro smiled. Efua Oduro left. Later Mr Oduro smiled. "
        "Later Mrs Oduro smiled. Then Oduro left."
    )
    articles = wb.read_texts(text)
    found = wb.find_mentions(articles, wb.split_tokens(articles))
    surnames = found[found["text"] == "Oduro"]
    assert rows(surnames, "actor", "rule") == [
        ["Kwame Oduro", "surname of Kwame Oduro, paragraph 1, the only one of that name so far"],
        ["Kwame Oduro", "surname of Kwame Oduro, paragraph 1, as the title says"],
        ["Efua Oduro", "surname of Efua Oduro, paragraph 1, as the title says"],
        ["", "surname of Kwame Oduro and of Efua Oduro: the text leaves it open"],
    ]
    ledger = (
        wb.describe_left_out(articles, found)
        .set_index("what")
        .loc["mentions that the text leaves open", ["n", "why"]]
    )
    assert ledger.tolist() == [
        1,
        "surname of Kwame Oduro and of Efua Oduro: the text leaves it open",
    ]


def test_a_surname_that_two_share_means_whoever_was_called_so_before_unless_the_other_is_near():
    found = find(
        "Kwame Oduro left. Oduro smiled. Efua Oduro left. Oduro slept. It rained. Oduro sang."
    )
    surnames = found[found["text"] == "Oduro"]
    assert rows(surnames, "actor", "code") == [
        ["Kwame Oduro", "surname"],
        ["", "surname_open"],
        ["Kwame Oduro", "surname_before"],
    ]


def test_a_pronoun_that_fits_two_people_alike_means_one_of_them_and_says_how_sure_or_is_left_open():
    found = find("Bob Berg met Tom Iver. He smiled.")
    check_he(found, ("Bob Berg", "Tom Iver"))
    found = find("Bob Berg, Tom Iver, Jim Cole and Jack Dean met. He smiled.")
    check_he(found, ("Bob Berg", "Tom Iver", "Jim Cole", "Jack Dean"))


def check_he(found, people):
    (he,) = found[found["kind"] == "pronoun"].itertuples()
    if isinstance(he.actor, str):
        assert he.actor in people
        assert re.fullmatch(rf"“He” for {he.actor} \(\d\d% sure\)", he.rule)
    else:
        open_rule = r"“He”: the text leaves open whom it means \(at most \d+% sure\)"
        assert re.fullmatch(open_rule, he.rule)


def test_a_text_in_capitals_names_the_same_states():
    text = "Iran rejected the deal with the United States. Russia and China agreed with Iran."
    assert rows(find(text.upper()), "actor", "actor_type", "kind", "start") == rows(
        find(text), "actor", "actor_type", "kind", "start"
    )


NOBODY = [
    "It rained all day long.",
    "雨が降った。今日は寒い。",
    "伊朗外交部发言人说。",
    "ذهب الرئيس إلى طهران",
    "a 🌧 👍🏽 👨‍👩‍👧",
    "I said: “",
    "he\n\nshe\n\nit",
]
HOSTILE = (
    '<script>alert(1)</script> Iran" onmouseover="alert(1) & '
    "<img src=x onerror='alert(1)'> Joe Biden</td>"
)


def test_nobody_is_mentioned_in_a_text_without_names():
    assert find(NOBODY)["actor"].isna().all()


@pytest.mark.slow
def test_no_text_is_an_error():
    assert {"Iran", "Joe Biden"} <= set(find(HOSTILE)["actor"])
    schema.check(find("Ο πρόεδρος πήγε στην Αθήνα."), "mentions")
    long = find("Joe Biden met Ann Miller. He smiled.\n\n" * 150)
    assert (len(long), long["paragraph_id"].nunique(), set(long["actor"])) == (
        450,
        150,
        {"Joe Biden", "Ann Miller"},
    )


def test_articles_in_one_table_do_not_share_whom_they_speak_of():
    texts = ["General Ann Miller smiled.", "She smiled. Miller left. The general left."]
    found = find(texts, across=False)
    assert rows(found, "text", "actor") == [
        ["General", "Ann Miller"],
        ["Ann Miller", "Ann Miller"],
        ["She", ""],
        ["Miller", "Miller"],
    ]


def test_the_tables_of_the_caller_stay_as_they_are():
    articles = wb.read_texts("President Joe Biden met Ann Miller. “I won,” he said.")
    tokens, actors = wb.split_tokens(articles), wb.read_actors()
    before = [table.copy(deep=True) for table in (articles, tokens, actors)]
    for titles in ("apart", "with"):
        wb.find_mentions(articles, tokens, actors=actors, titles=titles)
    for table, old in zip((articles, tokens, actors), before, strict=True):
        pd.testing.assert_frame_equal(table, old)


def test_a_code_says_in_one_word_why_a_mention_is_linked_so():
    text = (
        "Mayor Ann Miller met the Iranian envoy. Miller smiled. “I won,” she said.\n\n"
        "The North Korea desk met. The North agreed. Tehran agreed. Paris looks old. He rested."
    )
    found = find(text)
    assert rows(found, "text", "code") == [
        ["Mayor", "title"],
        ["Ann Miller", "full_name"],
        ["Iranian", "nationality"],
        ["Miller", "surname"],
        ["I", "spoken"],
        ["she", "resolved"],
        ["North Korea", "listed"],
        ["North", "half"],
        ["Tehran", "capital_acts"],
        ["Paris", "capital_place"],
        ["He", "nobody"],
    ]
    assert set(found["code"]) <= set(schema.CODES["mentions"])


def test_corrections_beside_the_article_are_made_and_reported(tmp_path):
    text = "Iran Wins\n\nIran met Ann Miller. “Tehran was asked,” Ann Miller told Bob Berg."

    def at(word):
        return f"{text.index(word)},{text.index(word) + len(word)},{word}"

    asked = [
        f"drop,{at('Iran')},Iran,,,,",
        f"add,{at('asked')},Oracle,organisation,description,,",
        f"add,{at('Wins')},Oracle,,,,",
    ]
    asked += ["merge,,,,Bob Berg,,,Ann Miller,one woman", "merge,,,,Nobody,,,Iran,"]
    (tmp_path / "my-article.txt").write_text(text, encoding="utf-8")
    (tmp_path / "my-article.corrections.csv").write_text(
        "\n".join([",".join(schema.columns("corrections")), *asked]), encoding="utf-8"
    )
    articles = wb.read_articles(tmp_path)
    assert articles["source"].tolist() == [str(tmp_path / "my-article.txt")]
    tokens = wb.split_tokens(articles)
    found = wb.find_mentions(articles, tokens)
    assert rows(
        found, "text", "actor", "kind", "sentence_id", "paragraph_id", "role", "position", "quoted"
    ) == [
        ["Wins", "Oracle", "name", 1, 1, "other", "headline", False],
        ["Iran", "Iran", "name", 2, 2, "agent", "lead", False],
        ["Ann Miller", "Ann Miller", "name", 2, 2, "patient", "lead", False],
        ["Tehran", "Tehran", "name", 3, 2, "patient", "lead", True],
        ["asked", "Oracle", "description", 3, 2, "other", "lead", True],
        ["Ann Miller", "Ann Miller", "name", 3, 2, "agent", "lead", False],
        ["Bob Berg", "Ann Miller", "name", 3, 2, "addressee", "lead", False],
    ]
    assert found["rule"].tolist()[-1] == "corrected by hand: merge (one woman)"
    outcomes = [[1, "applied to 1 mention"]] * 4 + [[0, "does not fit: no actor “Nobody”"]]
    assert rows(wb.describe_corrections(articles, tokens), "n", "outcome") == outcomes


WHO = (
    "Joe Biden; President Joe Biden; Mr Biden; Ann Miller; Ms Miller; Ann Miller, a general,; "
    "the general; he; she; it; they; I; we; Iran; Tehran; "
    "the US State Department; US State Department spokesman Bob Berg; "
    "the European Central Bank (ECB); the ECB; the leader of NATO; himself"
)
ACTS = st.tuples(
    *map(
        st.sampled_from,
        (
            WHO.split("; "),
            ["met", "is", "is not", "told", "was asked by", "smiled with"],
            WHO.split("; "),
        ),
    )
).map(" ".join)
SAID = st.tuples(
    st.sampled_from(
        ["{}", "“{},” {} said", '"{}," said {}', "{1} said: “{0}", "According to {1}, «{0}»"]
    ),
    ACTS,
    st.sampled_from(WHO.split("; ")),
)
STORIES = st.lists(
    SAID.map(lambda said: said[0].format(*said[1:]) + "."), min_size=1, max_size=5
).map("\n\n".join)


@settings(max_examples=40, deadline=None)
@given(STORIES, st.sampled_from(["apart", "with"]))
def test_mentions_nest_or_stand_apart(text, titles):
    found = find(text, titles=titles)
    spans = list(zip(found["start"], found["end"], strict=True))
    assert spans == sorted(set(spans), key=lambda span: (span[0], -span[1]))
    assert [text[start:end] for start, end in spans] == found["text"].tolist()
    assert not [
        (one, two)
        for one, two in itertools.combinations(spans, 2)
        if one[0] < two[0] < one[1] < two[1]
    ]


def test_the_seeds_article_is_read_as_it_was_coded_by_hand(seeds):
    rates, _ = compare("article")
    assert rates["mentions: F1, precision, recall"][0] >= 95
    coded = read_coding("mentions", "article")
    counts = coded.loc[coded["kind"].isin(SPOKEN), "actor"].value_counts()
    found = wb.count_actors(seeds.mentions, kinds=SPOKEN, types=None)
    assert found.head(4).set_index("actor")["n"].to_dict() == counts.head(4).to_dict()


def test_the_coding_by_hand_keeps_what_it_promises():
    coding = pd.read_csv(resource("data") / "gold" / "mentions.csv", keep_default_na=False)
    assert set(coding["text_id"]) == set(TEXTS)
    for column, known in {"kind": KINDS, "role": ROLES, "actor_type": TYPES}.items():
        assert set(coding[column]) <= set(known)
    for text_id, rows_of in coding.groupby("text_id"):
        text = text_path(text_id).read_text(encoding="utf-8")
        spans = list(zip(rows_of["start"], rows_of["end"], strict=True))
        assert [text[start:end] for start, end in spans] == rows_of["text"].tolist()
        assert len(set(spans)) == len(spans)
        assert not [
            (one, two)
            for one, two in itertools.permutations(spans, 2)
            if one[0] < two[0] < one[1] < two[1]
        ]


def test_given_names_tell_the_gender_of_their_bearers():
    women = ["Mary", "Amina", "Wanjiru", "Svetlana"]
    men = ["José", "Jose", "Dmitry", "Chidi", "Mohammed"]
    assert {first_names()[name] for name in women} == {"female"}
    assert {first_names()[name] for name in men} == {"male"}


@pytest.mark.parametrize("name", ["Alex", "Andrea", "Jean", "Kim", "Sasha", "August", "Florida"])
def test_names_of_all_genders_and_words_tell_none(name):
    assert name not in first_names()


def test_a_name_far_into_a_very_long_sentence_is_read_where_it_stands():
    text = "It rained, " * 300 + "and yesterday Angela Merkel left Berlin."
    tree = Tree(wb.split_tokens(wb.read_texts(text)))
    kinds = [NAME_LABELS[number] for number in read_article(tree).names.argmax(1)]
    assert len(kinds) == len(tree.words)
    found = [(word, kind) for word, kind in zip(tree.words, kinds, strict=True) if kind != "O"]
    assert found == [("Angela", "B-PER"), ("Merkel", "I-PER"), ("Berlin", "B-LOC")]


# Articles; each name in one of them that is another's over all, or could be several's.
SEVERAL = """\
Donald J. Trump left.|Donald Trump smiled. Then Donald Trump slept.|Trump spoke. \
=> Donald J. Trump = Donald Trump; Trump = Donald Trump
Ivanka Vance met James Vance.|Vance spoke.|Ms. Vance left.|Senator Vance sang.\
|Senator James Vance smiled. \
=> Vance = ?; Vance = Ivanka Vance; Vance = James Vance
George W. Bush met George H. W. Bush.|George Bush spoke. => George Bush = ?
Mike Pompeo spoke. Mike Pompeo left.|Michael Pompeo smiled. => Michael Pompeo = Mike Pompeo
The World Health Organization (WHO) agreed.|The WHO left. => WHO = World Health Organization
Ann Miller spoke.|Ann Reed spoke.|Bob Miller Jr. left.|Bob Miller Sr. smiled. =>
Residents left.|Residents spoke.|A man sang. => """


@pytest.mark.parametrize("line", lines(SEVERAL))
def test_an_actor_has_one_name_over_all_articles_and_rivals_stay_apart(line):
    texts, _, expected = line.partition("=>")
    texts = [text.strip() for text in texts.split("|")]
    same = wb.find_same_actors(find_all(texts, across=False))
    joined = (same["actor"] + " = " + same["joined"].fillna("?")).tolist()
    assert joined == [each for each in expected.strip().split("; ") if each]
    found = find_all(texts)
    for row in same.itertuples():
        named = found[(found["doc_id"] == row.doc_id) & (found["kind"] != "title")]
        assert (row.joined if isinstance(row.joined, str) else row.actor) in set(named["actor"])


def test_a_surname_alone_is_whoever_is_named_far_more_often_and_says_so():
    texts = [f"Donald Trump spoke on day {day}. Trump left. Trump slept." for day in range(4)]
    same = wb.find_same_actors(find_all([*texts, "Fred Trump died.", "Trump sang."], across=False))
    (row,) = same.to_dict("records")
    assert (row["joined"], row["code"]) == ("Donald Trump", "surname")
    assert row["rule"] == "92% of all mentions of people of that surname"


def test_a_correction_is_made_on_whoever_was_joined(tmp_path):
    (tmp_path / "a.txt").write_text("Ann Miller left.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Miller spoke.", encoding="utf-8")
    (tmp_path / "b.corrections.csv").write_text(
        "action,start,end,text,actor,actor_type,kind,to,note\n"
        "rename,,,,Ann Miller,,,Bob Miller,another family\n",
        encoding="utf-8",
    )
    articles = wb.read_articles(tmp_path)
    found = wb.find_mentions(articles, wb.split_tokens(articles))
    assert found["actor"].tolist() == ["Ann Miller", "Bob Miller"]
