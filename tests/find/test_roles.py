"""Who does what to whom: the role of a mention in its clause, roles counted, acts found."""

import re

import pandas as pd
import pytest
from parts import parts

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.acts import find_actions
from analysis.find.roles import ROLES, find_roles
from analysis.measure.roles import count_roles
from analysis.parse.tree import Tree

# [mention|role] or [mention|role|kind]; the kind is `name` if it is not given.
ROLES_OF = """[Iran|agent] attacked [Israel|patient].
[Iran|agent] protested.
[He|agent|pronoun] attacked [them|patient|pronoun].
[Soleimani|patient] was killed by the [United States|agent].
[Iran|patient] got attacked by [Israel|agent] and by [Russia|agent].
[Iran|patient] attacked by [Israel|agent]
The crime by the [United States|agent] angered [Iran|patient].
[Iran|agent] wants [Israel|agent] to leave.
[Iran|agent] is looking for revenge.
[Iran|other] looks weak. [Iran|other] is a threat. [Iran|other] seems angry. \
[Iran|other] remained calm. [Iran|other] became rich.
[Iran|agent] got weapons. [Iran|other] got angry.
[Biden|agent] considers [Iran|patient] hostile.
[Biden|agent] told [Raisi|addressee] that it rained.
[Biden|agent] gave [Raisi|addressee] the file.
[Biden|agent] gave the file to [Raisi|addressee].
The file was given to [Raisi|addressee] by [Biden|agent].
[Biden|agent] talked with [Raisi|addressee].
[Biden|agent] shouted at [Raisi|addressee].
[Biden|agent] sent a letter to [Raisi|addressee].
[Biden|agent] went to [Iran|other] with [Raisi|other] on Monday.
[Iran|possessor]'s troops found [his|possessor|pronoun] file.
The president of [Iran|other] left.
The [US|other|acronym] officials discussed the [Iran|other] deal.
[Iranian|other|adjective] troops met [Americans|patient|adjective].
[Americans|agent|adjective] protested.
The [US|other|acronym] and [Iranian|other|adjective] officials left.
[Iran|agent], [Russia|agent] and [China|agent] left.
Reporters asked [Biden|addressee] and [Putin|addressee].
[President|agent|title] [Ebrahim Raisi|agent] met [President|patient|title] [Joe Biden|patient].
[Saeed Khatibzadeh|agent], [a spokesman for the ministry|agent|description], \
criticised [Biden|patient].
[The spokesman|agent|description], [Saeed Khatibzadeh|agent], left.
[Foreign Ministry spokesman|agent|description] [Saeed Khatibzadeh|agent] left.
[The president of Iran|patient|description] was attacked.
[Iran|other]!"""

# [mention] or [mention=actor]; then actor | verb | target | status | rule, one a line.
ACTS_OF = """[Iran] attacked [Israel].
    Iran | attacked | Israel | asserted | subject and object of “attacked”
[Iran] has attacked [Israel].
    Iran | has attacked | Israel | asserted | subject and object of “attacked”
[Israel] was attacked by [Iran].
    Iran | attacked | Israel | asserted | by-phrase and subject of the passive “attacked”
[Iran] and [Syria] attacked [Israel] and [Egypt].
    Iran | attacked | Israel | asserted | subject and object of “attacked”
    Iran | attacked | Egypt | asserted | subject and object of “attacked”
    Syria | attacked | Israel | asserted | subject and object of “attacked”
    Syria | attacked | Egypt | asserted | subject and object of “attacked”
[Iran] attacked and looted [Israel].
    Iran | looted | Israel | asserted | subject of “attacked”, object of “looted”
[Iran] attacked [Israel] and blamed [Syria].
    Iran | attacked | Israel | asserted | subject and object of “attacked”
    Iran | blamed | Syria | asserted | subject of “attacked”, object of “blamed”
[Iran] left and officials attacked [Israel].
[Israel] was attacked and looted by [Iran].
    Iran | looted | Israel | asserted | by-phrase of “looted”, subject of “attacked”
[Israel] left and was attacked by [Iran].
    Iran | attacked | Israel | asserted | by-phrase of “attacked”, subject of “left”
[Iran] was weakened and attacked [Israel].
    Iran | attacked | Israel | asserted | subject of “weakened”, object of “attacked”
[Iran] agreed to attack [Israel].
    Iran | agreed to attack | Israel | planned | subject of “agreed”, object of “attack”
[Iran] tried to help [Syria] and to attack [Israel].
    Iran | tried to help | Syria | planned | subject of “tried”, object of “help”
    Iran | tried to attack | Israel | planned | subject of “tried”, object of “attack”
[Iran] stopped attacking [Israel].
    Iran | stopped attacking | Israel | asserted | subject of “stopped”, object of “attacking”
[Iran] cut off [Israel].
    Iran | cut off | Israel | asserted | subject and object of “cut”
[Iran] did not attack [Israel].
    Iran | did not attack | Israel | denied | subject and object of “attack”
[Iran] has not attacked or looted [Israel].
    Iran | has not looted | Israel | denied | subject of “attacked”, object of “looted”
[Iran] did not attack but helped [Israel].
    Iran | helped | Israel | asserted | subject of “attack”, object of “helped”
[Iran] agreed not to attack [Israel].
    Iran | agreed not to attack | Israel | denied | subject of “agreed”, object of “attack”
[Iran] would not attack [Israel].
    Iran | would not attack | Israel | denied | subject and object of “attack”, with “would”
[Iran] no longer helped [Israel].
    Iran | no longer helped | Israel | denied | subject and object of “helped”
Neither [Iran] nor [Syria] attacked [Israel].
    Iran | attacked | Israel | denied | subject and object of “attacked”
    Syria | attacked | Israel | denied | subject and object of “attacked”
[Iran] reportedly attacked [Israel].
    Iran | attacked | Israel | alleged | subject and object of “attacked”, with “reportedly”
If [Iran] attacked [Israel], it would rain.
    Iran | attacked | Israel | hypothetical | subject and object of “attacked”, with “if”
[Russia] let [Iran] attack [Israel].
    Iran | attack | Israel | asserted | subject and object of “attack”, in an infinitive
[Biden] told [Raisi] that it rained.
    Biden | told | Raisi | asserted | subject and object of “told”
[Biden] gave [Raisi] the file.
    Biden | gave | Raisi | asserted | subject and indirect object of “gave”
[Biden] sent a letter to [Raisi].
    Biden | sent letter to | Raisi | asserted | subject of “sent”, object of “letter to”
[Iran] imposed sanctions on 51 [Americans=US].
    Iran | imposed sanctions on | US | asserted | subject of “imposed”, object of “sanctions on”
Sanctions were imposed on [Iran] by [Biden].
    Biden | imposed sanctions on | Iran | asserted | \
by-phrase of “imposed”, object of “sanctions on”
[Iran] would act against [Israel].
    Iran | would act against | Israel | hypothetical | \
subject of “act”, object of “against”, with “would”
[Iran] signed a deal with [Russia].
    Iran | signed deal with | Russia | asserted | subject of “signed”, object of “deal with”
[Iran] attacked [Israel]'s troops.
    Iran | attacked troops of | Israel | asserted | subject of “attacked”, possessor of “troops”
[Biden] met [Iran]'s [president=Raisi].
    Biden | met | Raisi | asserted | subject and object of “met”
[Saeed Khatibzadeh], a spokesman, criticised [Biden].
    Saeed Khatibzadeh | criticised | Biden | asserted | subject and object of “criticised”
[Raisi] said [Iran] attacked [Israel].
    Iran | attacked | Israel | asserted | subject and object of “attacked”
[Iran] attacked [itself=Iran].
[Iran] is a threat to [Israel].
[Iran] has [Russia].
[Iran]'s troops attacked [Israel].
[Biden] wrote a report on [Iran] and flew to [Israel] with [Raisi] on Monday.
[Biden] told [Iran] to attack [Israel].
    Biden | told | Iran | asserted | subject and object of “told”
The attack by [Iran] on [Israel] failed.
[Smith] allegedly raped [Lee].
    Smith | raped | Lee | alleged | subject and object of “raped”, with “allegedly”
[Smith] may have killed [Lee].
    Smith | may have killed | Lee | hypothetical | subject and object of “killed”, with “may”
If [Smith] robbed [Lee], he will go to jail.
    Smith | robbed | Lee | hypothetical | subject and object of “robbed”, with “if”
[Smith] denied that he robbed [Lee]. [Jones] denied robbing [Lee].
    Jones | denied robbing | Lee | denied | subject of “denied”, object of “robbing”
[Jones] denied that [Smith] robbed [Lee].
    Smith | robbed | Lee | denied | subject and object of “robbed”
[Smith] neither met nor hired [Lee].
    Smith | hired | Lee | denied | subject of “met”, object of “hired”
[Smith] wants to leave [Lee].
    Smith | wants to leave | Lee | planned | subject of “wants”, object of “leave”
Police say [Smith] robbed [Lee].
    Smith | robbed | Lee | asserted | subject and object of “robbed”
[Smith] will meet [Lee] on Monday.
    Smith | will meet | Lee | planned | subject and object of “meet”, with “will”
[Jones] asked [Smith] to help [Lee].
    Jones | asked | Smith | asserted | subject and object of “asked”
[Jones] ordered [Smith] to release [Lee].
    Jones | ordered | Smith | asserted | subject and object of “ordered”
[Smith] tried to kill [Lee]. [Smith] failed to stop [Lee].
    Smith | tried to kill | Lee | planned | subject of “tried”, object of “kill”
    Smith | failed to stop | Lee | denied | subject of “failed”, object of “stop”
[Smith] almost killed [Lee]. [Smith] never met [Lee].
    Smith | killed | Lee | denied | subject and object of “killed”, with “almost”
    Smith | never met | Lee | denied | subject and object of “met”
[Iran] did not attack or loot [Israel].
    Iran | did not loot | Israel | denied | subject of “attack”, object of “loot”, in an infinitive
[Iran] could have attacked [Israel] and will help [Syria].
    Iran | could have attacked | Israel | hypothetical | \
subject and object of “attacked”, with “could”
    Iran | will help | Syria | planned | subject of “attacked”, object of “help”, with “will”
[Smith] claims to have beaten [Lee].
    Smith | claims to have beaten | Lee | alleged | subject of “claims”, object of “beaten”
Unless [Iran] attacks [Israel], [Syria] would help [Iran].
    Iran | attacks | Israel | hypothetical | subject and object of “attacks”, with “unless”
    Syria | would help | Iran | hypothetical | subject and object of “help”, with “would”
[Lee] was allegedly attacked by [Smith].
    Smith | attacked | Lee | alleged | \
by-phrase and subject of the passive “attacked”, with “allegedly”
[Lee] was not attacked by [Smith].
    Smith | not attacked | Lee | denied | by-phrase and subject of the passive “attacked”
[Smith] refused to meet [Lee].
    Smith | refused to meet | Lee | denied | subject of “refused”, object of “meet”
[Smith] can't defeat [Lee]. They don't believe [Smith] hit [Lee].
    Smith | can't defeat | Lee | denied | subject and object of “defeat”, with “ca”
    Smith | hit | Lee | alleged | subject and object of “hit”
[Jones] helped [Smith] beat [Lee].
    Smith | beat | Lee | asserted | subject and object of “beat”
The charges that [Smith] robbed [Lee] were dropped.
    Smith | robbed | Lee | alleged | subject and object of “robbed”
It is unclear whether [Smith] robbed [Lee].
    Smith | robbed | Lee | hypothetical | subject and object of “robbed”, with “whether”
[Smith] began attacking [Lee]. [Smith] managed to beat [Lee].
    Smith | began attacking | Lee | asserted | subject of “began”, object of “attacking”
    Smith | managed to beat | Lee | asserted | subject of “managed”, object of “beat”
There is no evidence that [Smith] robbed [Lee].
    Smith | robbed | Lee | denied | subject and object of “robbed”"""


def read_marked(marked):
    """(articles, tokens, mentions) of a text: the mentions in brackets, and no others."""
    parts = re.split(r"\[(.+?)\]", marked)
    text, rows = "", []
    for number, part in enumerate(parts):
        words = re.split(r"[|=]", part)[0] if number % 2 else part
        if number % 2:
            _, role, kind = (*part.split("|"), None, None)[:3]
            actor = part.split("=")[-1].split("|")[0]
            rows.append(
                [
                    None,
                    1,
                    1,
                    len(text),
                    len(text) + len(words),
                    words,
                    actor,
                    "state",
                    kind or "name",
                    "",
                    "",
                    role or "other",
                    "rest",
                    False,
                ]
            )
        text += words
    articles = wb.read_texts(text)
    mentions = wb.schema.table([[articles.loc[0, "doc_id"], *row[1:]] for row in rows], "mentions")
    return articles, wb.split_tokens(articles), mentions


def roles_of(tokens, mentions):
    first, last = (
        tokens["start"].searchsorted(mentions["start"]),
        tokens["start"].searchsorted(mentions["end"]),
    )
    return find_roles(
        Tree(tokens),
        list(zip(first.tolist(), last.tolist(), strict=True)),
        mentions["kind"].tolist(),
    )


def acts_of(marked, **options):
    _, tokens, mentions = read_marked(marked)
    return find_actions(mentions, tokens, **options)


@pytest.mark.parametrize("marked", ROLES_OF.splitlines())
def test_the_role_of_a_mention_in_its_clause(marked):
    _, tokens, mentions = read_marked(marked)
    assert roles_of(tokens, mentions) == mentions["role"].tolist()


@pytest.mark.parametrize(
    "specified", re.split(r"\n(?=\S)", ACTS_OF), ids=lambda text: text.split("\n")[0]
)
def test_who_does_what_to_whom(specified):
    marked, *rows = specified.split("\n")
    columns = ["actor", "verb", "target", "status", "rule"]
    assert acts_of(marked)[columns].values.tolist() == [row.strip().split(" | ") for row in rows]


@pytest.mark.xfail(
    raises=AssertionError, reason="in a headline spaCy's small model takes “deal” for the verb"
)
def test_the_role_of_a_mention_to_a_better_parser():
    test_the_role_of_a_mention_in_its_clause("[Iran|other] deal angered [Israel|patient].")


def test_an_act_is_found_in_the_text_by_its_verb_in_the_order_of_the_text():
    articles, tokens, mentions = read_marked(
        "[Iran] won’t attack [Israel]. “[Israel] helped [Iran],” he said."
    )
    acts = find_actions(mentions, tokens)
    assert acts.columns.tolist() == wb.schema.columns("actions")
    assert acts[["sentence_id", "text", "verb"]].values.tolist() == [
        [1, "attack", "won't attack"],
        [2, "helped", "helped"],
    ]
    text = articles.loc[0, "text"]
    assert [text[start:end] for start, end in zip(acts["start"], acts["end"], strict=True)] == acts[
        "text"
    ].tolist()


def test_an_act_of_one_article_is_not_another_s():
    texts = ["Iran attacked Israel.", "Israel attacked Iran. It rained.", "It rained."]
    articles = wb.read_texts(texts)
    tokens = wb.split_tokens(articles)
    acts = find_actions(wb.find_mentions(articles, tokens), tokens)
    assert acts[["doc_id", "actor", "target"]].values.tolist() == [
        [articles.loc[0, "doc_id"], "Iran", "Israel"],
        [articles.loc[1, "doc_id"], "Israel", "Iran"],
    ]


def test_a_refusal_is_told_by_who_tells_of_it_and_an_idea_is_no_act():
    text = (
        "Bob Reed refused to acknowledge Ann Lee. Bob Reed never spoke and ended up helping "
        "Ann Lee. Tom Hale likes the idea of Bob Reed replacing Ann Lee."
    )
    _, tokens, speech, mentions, quotes = parts(text)
    acts = find_actions(mentions, tokens, quotes, speech)
    assert acts[["verb", "status", "voice"]].values.tolist() == [
        ["refused to acknowledge", "denied", "journalist"],
        ["ended up helping", "asserted", "journalist"],
        ["replacing", "hypothetical", "journalist"],
    ]


def test_people_of_a_state_are_not_the_state_unless_the_article_says_the():
    text = "Americans attacked Iraq. The Iranians attacked Israel. Ann Lee warned Americans."
    articles = wb.read_texts(text)
    tokens = wb.split_tokens(articles)
    acts = find_actions(wb.find_mentions(articles, tokens), tokens)
    assert acts[["actor", "target"]].values.tolist() == [
        ["Iran", "Israel"],
        ["Ann Lee", "United States"],
    ]


def test_which_mentions_act_can_be_chosen():
    marked = "[Iran|agent] attacked [Americans=US|patient|adjective] and [Israel|patient]."
    assert acts_of(marked)["target"].tolist() == ["US", "Israel"]
    assert acts_of(marked, kinds="name")["target"].tolist() == ["Israel"]
    assert acts_of(marked, types=["person"]).empty


def test_roles_are_counted_with_shares_within_the_actor():
    _, _, mentions = read_marked(
        "[Iran|patient] [Israel|other] [Iran|agent] [Iran|agent] [it=Iran|possessor|pronoun] "
        "[Iranian=Iran|other|adjective] [B|agent]"
    )
    counts = count_roles(mentions)
    assert counts.columns.tolist() == wb.schema.columns("roles")
    assert counts.drop(columns="actor_type").values.tolist() == [
        ["Iran", "agent", 2, 0.5],
        ["Iran", "patient", 1, 0.25],
        ["Iran", "possessor", 1, 0.25],
        ["B", "agent", 1, 1.0],
        ["Israel", "other", 1, 1.0],
    ]
    assert count_roles(mentions, kinds=["adjective"])[["actor", "role", "n"]].values.tolist() == [
        ["Iran", "other", 1]
    ]
    assert count_roles(mentions, types="person").empty


def test_every_role_has_its_place_in_the_order():
    _, _, mentions = read_marked(" ".join(f"[Iran|{role}]" for role in reversed(ROLES)))
    assert (
        count_roles(mentions)["role"].tolist()
        == list(ROLES)
        == ["agent", "patient", "addressee", "possessor", "other"]
    )


def test_of_nothing_come_empty_tables_with_all_columns():
    for marked in ["It rained.", "[Iran]", "\0 [Iran] ] ( [Israel]"]:
        _, tokens, mentions = read_marked(marked)
        for acts in [
            find_actions(mentions, tokens),
            find_actions(mentions.iloc[:0], tokens),
            find_actions(mentions.iloc[:0], tokens.iloc[:0]),
        ]:
            pd.testing.assert_frame_equal(acts, wb.schema.table([], "actions"))
        pd.testing.assert_frame_equal(count_roles(mentions.iloc[:0]), wb.schema.table([], "roles"))
        assert find_roles(Tree(tokens), []) == find_roles(Tree(tokens.iloc[:0]), []) == []


def test_a_mention_that_ends_within_a_token_is_the_token_s():
    _, tokens, mentions = read_marked("[Iran] attacked [Israel].")
    cut = mentions.assign(start=mentions["start"] + 1, end=mentions["end"] - 1)
    assert find_actions(cut, tokens)["target"].tolist() == ["Israel"]
    assert find_actions(mentions.assign(start=10_000, end=10_001), tokens).empty


def test_a_parse_with_holes_is_refused_and_one_without_grammar_is_no_trouble():
    _, tokens, mentions = read_marked(
        "[Iran] attacked [Israel] and [Syria] was attacked by [Iran] and agreed to help [Israel]."
    )
    for missing in range(len(tokens) - 1):
        with pytest.raises(SchemaError, match="tokens of sentence 1 are missing or out of order"):
            find_actions(mentions, tokens.drop(index=missing))
    unparsed = tokens.assign(head=0, lemma=None, pos=None, tag=None, dep=None)
    assert find_actions(mentions, unparsed).empty
    assert set(roles_of(unparsed, mentions)) == {"other"}
    for head in range(len(tokens) + 1):
        find_actions(mentions, tokens.assign(head=head))
        find_actions(mentions, tokens.assign(head=head, dep="conj"))
    for head in (-1, len(tokens) + 1):
        with pytest.raises(SchemaError, match="are missing or out of order"):
            find_actions(mentions, tokens.assign(head=head))


@pytest.mark.parametrize(
    "piece",
    ["[Iran] and ", "[Iran] attacked and ", "wanted to [Iran] ", "by [Iran], who ", "[Iran]'s "],
)
def test_a_sentence_without_an_end_is_no_trouble(piece):
    _, tokens, mentions = read_marked("[Israel] " + piece * 300)
    assert set(roles_of(tokens, mentions)) <= set(ROLES)
    find_actions(mentions, tokens)


def test_tables_of_the_caller_stay_as_they_are():
    _, tokens, mentions = read_marked("[Iran] agreed to attack [Israel]'s troops.")
    mentions, tokens = mentions.set_index(mentions.index + 7), tokens.set_index(tokens.index * 2)
    before = mentions.copy(deep=True), tokens.copy(deep=True)
    assert len(find_actions(mentions, tokens)) == len(count_roles(mentions)) - 1 == 1
    pd.testing.assert_frame_equal(mentions, before[0])
    pd.testing.assert_frame_equal(tokens, before[1])


def test_tables_that_do_not_belong_together_are_refused():
    _, tokens, mentions = read_marked("[Iran] attacked [Israel].")
    _, others, _ = read_marked("It rained.")
    with pytest.raises(SchemaError, match="mentions are of another article"):
        find_actions(mentions, others)
    with pytest.raises(SchemaError, match="role"):
        count_roles(mentions.drop(columns="role"))
    with pytest.raises(SchemaError, match="split_tokens"):
        find_actions(mentions, [])


def test_the_acts_in_the_seeds_article_as_read_by_hand(seeds):
    acts = find_actions(seeds.mentions, seeds.tokens)
    told = acts[["actor", "verb", "target", "status"]].values.tolist()
    for act in [
        ["Iran", "has imposed sanctions on", "United States", "asserted"],
        ["Iran", "purported to impose sanctions on", "United States", "alleged"],
        ["United States", "would lift sanctions on", "Iran", "hypothetical"],
    ]:
        assert act in told


def test_an_act_is_told_in_somebodys_words():
    _, tokens, speech, mentions, quotes = parts(
        "Joe Biden met Mike Pompeo. “Vladimir Putin attacked Mike Pompeo,” Joe Biden said. "
        "Boris Johnson did not say that Joe Biden met Vladimir Putin."
    )
    acts = find_actions(mentions, tokens, quotes, speech)
    assert acts[["actor", "target", "voice"]].values.tolist() == [
        ["Joe Biden", "Mike Pompeo", "journalist"],
        ["Vladimir Putin", "Mike Pompeo", "Joe Biden"],
        ["Joe Biden", "Vladimir Putin", "denied or possible speech"],
    ]
    assert wb.select_stated(acts)["target"].tolist() == ["Mike Pompeo"]
    assert len(wb.select_stated(find_actions(mentions, tokens))) == 3
    with pytest.raises(SchemaError, match="`quotes` and `speech` go together"):
        find_actions(mentions, tokens, quotes)
