"""How the story is told: acts without a doer, who vouches, by which words actors are called."""

import pandas as pd
import pytest
from parts import parts

import analysis as wb
from analysis import schema
from analysis.errors import SchemaError


def joined(found, *columns):
    """The cells of each row with colons between."""
    return [":".join(row) for row in found[[*columns]].values.tolist()]


def missing(text):
    articles, tokens, speech, mentions, quotes = parts(text)
    return wb.find_missing_doers(articles, tokens, mentions, quotes, speech)


# text => form:word:affected:doer, … (nothing where every act has its doer)
DOERS = """Protesters were shot. => passive:shot:Protesters:
Protesters were shot by police. =>
Police shot the protesters. Later the protesters were buried. => passive:buried:the protesters:
Ann Lee was shot on Monday. Bob Reed shot Ann Lee. => passive:shot:Ann Lee:Bob Reed
Ann Lee was shot by noon. => passive:shot:Ann Lee:
Those detained were released. => participle:detained:Those:;passive:released:Those:
Those detained by police left. =>
The killing of Ann Lee shocked Ohio. => noun:killing:Ann Lee:
Israel's raid on Gaza failed. =>
An Israeli raid failed. =>
The raid was ordered by Israel. =>
Iran carried out attacks. =>
Attacks carried out by Iran failed. =>
The attack on Ann Lee failed. => noun:attack:Ann Lee:
Ann Lee died of cancer. =>
Ann Lee died in the bombing. => intransitive:died:Ann Lee:;noun:bombing::
Ann Lee was murdered by Bob Reed. Ann Lee's death shocked Ohio. => noun:death:Ann Lee's:Bob Reed
Bob Reed regretted the act of killing Ann Lee. => noun:killing:Ann Lee:
They consider it a threat. =>
The house was built in May. => passive:built:The house:
Ann Lee was stabbed. She died today. => passive:stabbed:Ann Lee:;intransitive:died:She:
Ann Lee faces a charge of murder. =>
Officials blamed the bombing on Iran. =>
A stabbing killed three people. => noun:stabbing::
Bob Reed died in last night's attack. => intransitive:died:Bob Reed:;noun:attack::
Two men shot in Kyiv¶Three people were hurt. => passive:shot:Two men:;passive:hurt:Three people:"""


@pytest.mark.parametrize("line", DOERS.splitlines())
def test_where_the_doer_is_missing(line):
    text, _, expected = line.partition(" =>")
    found = missing(text).fillna({"affected": "", "doer": ""})
    rows = joined(found, "form", "text", "affected", "doer")
    assert rows == [each for each in expected.strip().split(";") if each]


def test_an_act_without_a_doer_says_where_it_stands_in_whose_words_and_of_what_kind():
    found = missing("Lee shot¶Ann Lee was shot. “Bob Reed was seen,” Tom Hale said.")
    assert found[["text", "position", "voice", "harm", "actor"]].values.tolist() == [
        ["shot", "headline", "journalist", True, "Ann Lee"],
        ["shot", "lead", "journalist", True, "Ann Lee"],
        ["seen", "lead", "Tom Hale", False, "Bob Reed"],
    ]


# text => source:certainty:speaker
VOUCHING = """Ann Lee said it rained. => named:asserted:Ann Lee
Ann Lee denied that it rained. => named:denied:Ann Lee
Ann Lee reportedly said that it rained. => named:hedged:Ann Lee
Ann Lee claimed that it rained. => named:hedged:Ann Lee
Police said it rained. => described:asserted:police
A source close to Iran said it rained. => anonymous:asserted:a source
An aide, speaking on condition of anonymity, said it rained. => anonymous:asserted:an aide
It was rumored, after a report in Rai al-Youm, that it rained. => second-hand:hedged:Rai al-Youm
Reuters reported that it rained. => second-hand:asserted:Reuters
“It rained.” => unattributed:asserted:"""


@pytest.mark.parametrize("line", VOUCHING.splitlines())
def test_on_whose_word_a_statement_stands(line):
    text, _, expected = line.partition(" => ")
    _, tokens, _, mentions, quotes = parts(text)
    found = wb.find_vouching(quotes, tokens, mentions).fillna({"speaker": ""})
    assert joined(found, "source", "certainty", "speaker") == [expected]


def test_what_a_statement_is_about_is_whom_it_mentions_most_the_speaker_left_out():
    text = "Ann Lee said Iran left, Iran stayed, Israel left, and Lee, Lee and Lee slept."
    _, tokens, _, mentions, quotes = parts(text)
    assert wb.find_vouching(quotes, tokens, mentions)["about"].tolist() == ["Iran"]


# text => actor:label:form, …
LABELS = """The martyred General Bob Reed left. => Bob Reed:martyred general:title
Former Mayor Ann Lee left. => Ann Lee:former mayor:title
The embattled Ann Lee left. => Ann Lee:embattled:epithet
Ann Lee, the mayor of Linden, left. => Ann Lee:mayor of linden:apposition
Ann Lee is a hero. => Ann Lee:hero:predicate
Ann Lee met Bob Reed. Ann smiled. => Ann Lee:ann:first name
Ann Lee left. Lee slept. =>"""


@pytest.mark.parametrize("line", LABELS.splitlines())
def test_by_which_words_an_actor_is_called(line):
    text, _, expected = line.partition(" =>")
    articles, tokens, _, mentions, _ = parts(text)
    found = wb.find_labels(articles, tokens, mentions)
    rows = joined(found, "actor", "label", "form")
    assert rows == [each for each in expected.strip().split(";") if each]


def test_a_label_is_somebodys_word_and_first_or_not():
    text = "Mayor Ann Lee left. “Ann Lee is a hero,” Bob Reed said."
    articles, tokens, speech, mentions, quotes = parts(text)
    found = wb.find_labels(articles, tokens, mentions, quotes, speech)
    assert found[["label", "voice", "first_mention"]].values.tolist() == [
        ["mayor", "journalist", True],
        ["hero", "Bob Reed", False],
    ]


def test_every_row_is_found_in_the_text_again(seeds):
    text = seeds.articles["text"].iloc[0]
    speech = wb.find_speech(seeds.articles, seeds.tokens)
    quotes = wb.find_quotes(seeds.articles, seeds.tokens, seeds.mentions, speech)
    own = seeds.articles, seeds.tokens, seeds.mentions
    for found in (wb.find_missing_doers(*own), wb.find_labels(*own)):
        assert len(found) > 10
        spans = zip(found["start"], found["end"], strict=True)
        assert [text[start:end] for start, end in spans] == found["text"].tolist()
    vouching = wb.find_vouching(quotes, seeds.tokens, seeds.mentions)
    assert set(vouching["source"]) == {"named", "second-hand", "anonymous"}


def test_an_article_without_people_headline_or_journalist_gives_empty_tables():
    for text in ("It rained.", "“It rained.”"):
        articles, tokens, speech, mentions, quotes = parts(text)
        tables = {
            "missing_doers": wb.find_missing_doers(articles, tokens, mentions, quotes, speech),
            "labels": wb.find_labels(articles, tokens, mentions, quotes, speech),
            "headline": wb.compare_headline(articles, tokens, mentions, quotes, speech),
        }
        for name, table in tables.items():
            pd.testing.assert_frame_equal(table, schema.table([], name), check_dtype=False)
        vouching = wb.find_vouching(quotes, tokens, mentions)
        assert len(vouching) == text.count("“")


def test_quotations_of_another_article_are_refused():
    _, _, _, mentions, quotes = parts("Ann Lee said it rained.")
    _, tokens, _, _, _ = parts("Bob Reed left.")
    with pytest.raises(SchemaError, match="another article"):
        wb.find_vouching(quotes, tokens, mentions)
