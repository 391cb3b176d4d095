"""How often, where, how, with whom, by which count: every number on mentions coded by hand."""

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.measure.choices import CHOICES, OWN
from analysis.measure.together import count_comentions
from analysis.schema import columns, table

# article, sentence, paragraph, start, actor, actor_type, kind, role, position, quoted
CODED = """
a 1 1   0 Iran    state  name        agent     headline no
a 1 1  10 Israel  state  name        patient   headline no
a 2 2  20 Raisi   person name        agent     lead     no
a 2 2  30 Raisi   person description other     lead     no
a 3 2  40 Iran    state  metonym     agent     lead     yes
a 3 2  50 Iran    state  adjective   other     lead     yes
a 3 2  60 Raisi   person pronoun     agent     lead     yes
a 4 3  70 Raisi   person pronoun     patient   rest     no
a 4 3  80 -       person pronoun     agent     rest     no
a 4 3  90 Vienna  place  name        other     rest     no
b 1 1   0 Israel  state  name        agent     headline no
b 2 2  10 Raisi   person name        addressee lead     yes
"""
# Words of each paragraph: the article, its paragraphs, how many words.
WORDS = {"a": [10, 20, 10], "b": [5, 15]}


def make_mentions(coded=CODED):
    rows = []
    for line in coded.split("\n"):
        if line:
            doc_id, sentence, paragraph, start, actor, actor_type, kind, role, position, quoted = (
                line.split()
            )
            named = None if actor == "-" else actor
            place = (doc_id, int(sentence), int(paragraph), int(start), int(start) + 4)
            rows.append(
                (
                    *place,
                    actor,
                    named,
                    actor_type,
                    kind,
                    "listed",
                    "by hand",
                    role,
                    position,
                    quoted == "yes",
                )
            )
    return table(rows, "mentions")


def make_tokens(words=None):
    rows = []
    for doc_id, paragraphs in (words or WORDS).items():
        start = 0
        for paragraph, n in enumerate(paragraphs, 1):
            for token in range(n):
                rows.append(
                    (
                        doc_id,
                        paragraph,
                        paragraph,
                        token + 1,
                        start,
                        start + 1,
                        "w",
                        "w",
                        "NOUN",
                        "NN",
                        0,
                        "ROOT",
                        None,
                    )
                )
                start += 2
    return table(rows, "tokens")


MENTIONS, TOKENS = make_mentions(), make_tokens()


def test_what_is_counted_can_be_found_and_none_counts_all():
    assert len(wb.select_counted(MENTIONS)) == 9
    assert wb.select_counted(MENTIONS, kinds=None)["kind"].tolist().count("adjective") == 1
    assert set(wb.select_counted(MENTIONS, kinds=None, types=None)["actor"]) == {
        "Iran",
        "Israel",
        "Raisi",
        "Vienna",
    }


@pytest.mark.parametrize("wrong", [{"kinds": "names"}, {"types": ["person", "states"]}], ids=str)
def test_a_kind_or_type_that_does_not_exist_is_refused_with_those_that_do(wrong):
    with pytest.raises(
        SchemaError, match="“(names|states)”. Choose from: (name, alias|person, organisation)"
    ):
        wb.count_actors(MENTIONS, **wrong)


def test_a_kind_of_the_users_own_table_can_be_chosen():
    assert wb.count_actors(MENTIONS.assign(kind="nickname"), kinds="nickname")["n"].sum() == 10


BY = {  # by: the value, actor, n and share of each row
    "position": [
        ("headline", "Israel", 2, 2 / 3), ("headline", "Iran", 1, 1 / 3), ("lead", "Raisi", 4, 0.8),
        ("lead", "Iran", 1, 0.2), ("rest", "Raisi", 1, 1),
    ],
    "quoted": [
        (False, "Raisi", 3, 0.5), (False, "Israel", 2, 1 / 3), (False, "Iran", 1, 1 / 6),
        (True, "Raisi", 2, 2 / 3), (True, "Iran", 1, 1 / 3),
    ],
    "kind": [
        ("description", "Raisi", 1, 1), ("metonym", "Iran", 1, 1), ("name", "Israel", 2, 0.4),
        ("name", "Raisi", 2, 0.4), ("name", "Iran", 1, 0.2), ("pronoun", "Raisi", 2, 1),
    ],
    "role": [
        ("addressee", "Raisi", 1, 1), ("agent", "Iran", 2, 0.4), ("agent", "Raisi", 2, 0.4),
        ("agent", "Israel", 1, 0.2), ("other", "Raisi", 1, 1), ("patient", "Israel", 1, 0.5),
        ("patient", "Raisi", 1, 0.5),
    ],
}  # fmt: skip


@pytest.mark.parametrize("by, expected", BY.items(), ids=BY)
def test_shares_add_up_to_one_within_each_value_counted_by(by, expected):
    counted = wb.count_actors(MENTIONS, TOKENS, by=by)
    assert counted[[by, "actor", "n", "share"]].values.tolist() == [list(row) for row in expected]
    assert counted.groupby(by)["share"].sum().tolist() == pytest.approx([1] * counted[by].nunique())


def test_rates_are_per_thousand_words_of_the_place_counted_by_else_of_all():
    rates = wb.count_actors(MENTIONS, TOKENS, by=["doc_id", "position"]).set_index(
        ["doc_id", "position", "actor"]
    )["per_1000_words"]
    assert rates["a", "lead", "Raisi"] == 1000 * 3 / 40
    assert rates["b", "lead", "Raisi"] == 1000 * 1 / 20
    assert (
        wb.count_actors(MENTIONS, TOKENS, by="role").set_index(["role", "actor"])["per_1000_words"][
            "agent", "Raisi"
        ]
        == 1000 * 2 / 60
    )


@pytest.mark.parametrize(
    "by",
    [
        "position",
        "quoted",
        "kind",
        "role",
        "doc_id",
        "paragraph_id",
        "rule",
        "actor_type",
        ["quoted", "role", "doc_id"],
    ],
    ids=str,
)
def test_no_mention_is_lost_whatever_is_counted_by(by):
    open_rule = MENTIONS.assign(rule=MENTIONS["rule"].where(MENTIONS["start"] > 20))
    assert wb.count_actors(open_rule, TOKENS, by=by)["n"].sum() == 9


def test_an_actors_type_is_that_of_most_mentions_and_of_equals_the_first_by_the_alphabet():
    coded = """
a 1 1  0 Lima  state        name agent lead no
a 1 1 10 Lima  person       name agent lead no
a 1 1 20 Lima  person       name agent lead no
a 1 1 30 Oslo  state        name agent lead no
a 1 1 40 Oslo  organisation name agent lead no
"""
    counts = wb.count_actors(make_mentions(coded))
    assert counts[["actor", "actor_type"]].values.tolist() == [
        ["Lima", "person"],
        ["Oslo", "organisation"],
    ]


def test_prominence_as_counted_by_hand():
    counted = wb.count_prominence(
        MENTIONS[MENTIONS["doc_id"] == "a"], TOKENS[TOKENS["doc_id"] == "a"]
    )
    assert counted.drop(columns=["share", "dispersion"]).values.tolist() == [
        ["Raisi", "person", 4, 3, 0, 3, 2],
        ["Iran", "state", 2, 1, 1, 1, 2],
        ["Israel", "state", 1, 2, 1, 0, 1],
    ]
    # Paragraphs hold 1/4, 1/2 and 1/4 of the words; Raisi's mentions stand there 0, 3/4 and 1/4,
    # Iran's 1/2, 1/2, 0, Israel's 1, 0, 0.
    assert counted["dispersion"].tolist() == [0.25, 0.25, 0.75]


def test_prominence_over_several_articles_takes_their_paragraphs_and_order_together():
    counted = wb.count_prominence(MENTIONS, TOKENS).set_index("actor")
    assert counted["order"].to_dict() == {"Raisi": 3, "Iran": 1, "Israel": 2}
    assert counted["paragraphs"].to_dict() == {"Raisi": 3, "Iran": 2, "Israel": 2}
    assert counted["dispersion"]["Israel"] == pytest.approx(
        (abs(1 / 2 - 10 / 60) + 20 / 60 + 10 / 60 + abs(1 / 2 - 5 / 60) + 15 / 60) / 2
    )
    backwards = wb.count_prominence(MENTIONS, make_tokens(dict(reversed(WORDS.items()))))
    assert backwards.set_index("actor")["order"].to_dict() == {"Israel": 1, "Raisi": 2, "Iran": 3}


def test_dispersion_is_that_of_gries_own_example():
    # Gries 2008: five parts of 9, 10, 10, 10 and 11 words hold 1 to 5 of the 15 occurrences of "a";
    # DP is 0.18.
    starts = [
        (paragraph, occurrence) for paragraph in range(1, 6) for occurrence in range(paragraph)
    ]
    coded = "\n".join(
        f"a {p} {p} {100 * p + 10 * k} A person name other rest no" for p, k in starts
    )
    counted = wb.count_prominence(make_mentions(coded), make_tokens({"a": [9, 10, 10, 10, 11]}))
    assert counted["dispersion"].round(4).tolist() == [0.18]


def test_dispersion_lies_between_nought_and_one(seeds):
    dispersion = wb.count_prominence(seeds.mentions, seeds.tokens)["dispersion"]
    assert dispersion.between(0, 1).all()


def test_mentions_and_tokens_of_different_articles_are_refused():
    with pytest.raises(
        SchemaError, match="the tokens are not of the article that the mentions are of"
    ):
        wb.count_prominence(MENTIONS, TOKENS[TOKENS["doc_id"] == "b"])


def test_pairs_in_the_same_sentence_as_counted_by_hand():
    # Raisi is in a2, a3, a4, b2; Iran in a1, a3; Israel in a1, b1.
    assert wb.count_comentions(MENTIONS).values.tolist() == [
        ["Raisi", "Iran", 1, 1 / 5],
        ["Iran", "Israel", 1, 1 / 3],
    ]


def test_pairs_in_the_same_paragraph_as_counted_by_hand():
    assert wb.count_comentions(MENTIONS, within="paragraph").values.tolist() == [
        ["Raisi", "Iran", 1, 1 / 4],
        ["Iran", "Israel", 1, 1 / 3],
    ]


def test_sentences_of_different_articles_with_the_same_number_are_not_the_same():
    assert ["Raisi", "Israel"] not in wb.count_comentions(MENTIONS, within="paragraph")[
        ["actor", "other"]
    ].values.tolist()


def test_kinds_and_types_of_pairs_can_be_chosen():
    assert wb.count_comentions(MENTIONS, types=["place", "person"]).values.tolist() == [
        ["Raisi", "Vienna", 1, 1 / 4]
    ]
    assert wb.count_comentions(MENTIONS, kinds="adjective").empty


@pytest.mark.parametrize("within", ["sentence", "paragraph"])
def test_each_count_of_a_pair_opens_into_its_mentions(seeds, within):
    for pair in wb.count_comentions(seeds.mentions, within=within).itertuples():
        found = wb.select_comentions(seeds.mentions, pair.actor, pair.other, within=within)
        assert found[["doc_id", f"{within}_id"]].drop_duplicates().shape[0] == pair.n
        assert set(found["actor"]) == {pair.actor, pair.other}
    assert wb.select_comentions(MENTIONS, "Iran", "Raisi")["start"].tolist() == [40, 60]


def test_no_wrong_place_and_no_wrong_name_is_taken_for_nothing_found():
    with pytest.raises(SchemaError, match="a “sentence” or a “paragraph”, not within “page”"):
        wb.count_comentions(MENTIONS, within="page")
    with pytest.raises(SchemaError, match="no actor “Rasi” is counted here. Did you mean “Raisi”?"):
        wb.select_comentions(MENTIONS, "Iran", "Rasi")


def test_actors_under_each_choice_as_counted_by_hand():
    choices = wb.compare_choices(MENTIONS)
    counted = choices.pivot(index="choice", columns="actor", values="n").reindex(list(CHOICES))
    assert counted.columns.tolist() == ["Iran", "Israel", "Raisi"]
    assert counted.values.tolist() == [
        [2, 2, 2],
        [2, 2, 3],
        [2, 2, 5],
        [3, 2, 5],
        [1, 2, 3],
        [2, 2, 4],
    ]


def test_the_workbooks_own_count_is_among_the_choices(seeds):
    choices = wb.compare_choices(seeds.mentions)
    own = choices[(choices["choice"] == OWN) & (choices["n"] > 0)]
    pd.testing.assert_frame_equal(
        own[["actor", "n"]].reset_index(drop=True), wb.count_actors(seeds.mentions)[["actor", "n"]]
    )


def test_equal_counts_share_a_rank_and_who_is_not_counted_has_none():
    choices = wb.compare_choices(MENTIONS, choices={"quoted": {"quoted": True}})
    assert choices[["actor", "n", "rank"]].fillna(0).values.tolist() == [
        ["Raisi", 2, 1],
        ["Iran", 1, 2],
    ]
    with_all = wb.compare_choices(
        MENTIONS, choices={"all": {}, "headline": {"position": "headline"}}
    )
    assert with_all[["choice", "actor", "rank"]].fillna(0).values.tolist() == [
        ["all", "Raisi", 1], ["all", "Iran", 2], ["all", "Israel", 2],
        ["headline", "Israel", 1], ["headline", "Iran", 2], ["headline", "Raisi", 0],
    ]  # fmt: skip


def test_a_choice_can_be_a_function_of_the_users_own():
    choices = wb.compare_choices(
        MENTIONS, choices={"first": lambda mentions: mentions.drop_duplicates("actor")}
    )
    assert choices[["actor", "n"]].values.tolist() == [["Iran", 1], ["Israel", 1], ["Raisi", 1]]


def test_each_count_under_a_choice_opens_into_its_mentions():
    for row in wb.compare_choices(MENTIONS).itertuples():
        assert (wb.select_chosen(MENTIONS, row.choice)["actor"] == row.actor).sum() == row.n


@pytest.mark.parametrize(
    "choice, message",
    [
        ("names", "Choose from: names only"),
        ({"colour": "red"}, "no column `colour` in the mentions"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused_with_the_mend(choice, message):
    with pytest.raises(SchemaError, match=message):
        wb.select_chosen(MENTIONS, choice)


def test_what_changes_among_the_leaders_is_said_in_plain_words():
    described = wb.describe_choices(wb.compare_choices(MENTIONS), top=1).set_index("choice")
    assert described["changes"].to_dict() == {
        "names only": "Iran up to 1 (from 2), Israel up to 1 (from 2)",
        "with descriptions": "nothing: the same 1 leader in the same order",
        "with pronouns": "what the others are compared with",
        "with nationality words": "nothing: the same 1 leader in the same order",
        "without quotations": "nothing: the same 1 leader in the same order",
        "headline and lead only": "nothing: the same 1 leader in the same order",
    }
    assert described["leaders"].iat[0] == "Iran (2), Israel (2), Raisi (2)"
    assert described["n"].tolist() == [6, 7, 9, 10, 6, 8]


def test_the_correlation_of_two_rankings_is_spearmans():
    scipy = pytest.importorskip("scipy.stats")
    one, two = [9, 7, 7, 3, 1, 0], [4, 6, 2, 2, 0, 1]
    rows = [
        (label, f"actor {place}", "person", n, 0)
        for label, ns in (("one", one), ("two", two))
        for place, n in enumerate(ns)
    ]
    described = wb.describe_choices(table(rows, "choices"))
    assert described["correlation"].tolist() == pytest.approx(
        [1, scipy.spearmanr(one, two).statistic]
    )


def test_of_fewer_than_three_actors_there_is_no_correlation():
    assert (
        wb.describe_choices(wb.compare_choices(MENTIONS, types="state"))["correlation"].isna().all()
    )


def test_who_is_no_longer_counted_is_said_so():
    described = wb.describe_choices(
        wb.compare_choices(MENTIONS, choices={"all": {}, "states": {"actor_type": "state"}}), top=1
    )
    assert (
        described["changes"].iat[1]
        == "Iran up to 1 (from 2), Israel up to 1 (from 2), Raisi no longer counted (from 1)"
    )


MAKERS = {
    "actors": lambda mentions: wb.count_actors(mentions, TOKENS),
    "prominence": lambda mentions: wb.count_prominence(mentions, TOKENS),
    "comentions": wb.count_comentions,
    "choices": wb.compare_choices,
}


@pytest.mark.parametrize("name, make", MAKERS.items(), ids=MAKERS)
@pytest.mark.parametrize("rows", [0, 1, 12])
def test_each_table_has_its_columns_and_types_even_when_empty(name, make, rows):
    made = make(MENTIONS.head(rows))
    assert made.columns.tolist() == columns(name)
    assert [str(dtype) for dtype in made.dtypes] == [str(dtype) for dtype in table([], name).dtypes]
    assert made.index.equals(pd.RangeIndex(len(made)))


@pytest.mark.parametrize("name, make", MAKERS.items(), ids=MAKERS)
def test_the_order_of_the_rows_does_not_change_the_counts(name, make):
    pd.testing.assert_frame_equal(make(MENTIONS), make(MENTIONS.sample(frac=1, random_state=1)))


def test_no_count_changes_the_mentions_of_its_caller():
    mentions, before = make_mentions(), make_mentions()
    for make in MAKERS.values():
        make(mentions)
    (
        wb.select_comentions(mentions, "Iran", "Raisi"),
        wb.select_chosen(mentions, {"quoted": True}),
        wb.describe_choices(wb.compare_choices(mentions)),
    )
    pd.testing.assert_frame_equal(mentions, before)


def test_nobody_is_described_where_nobody_is_counted():
    described = wb.describe_choices(wb.compare_choices(MENTIONS.head(0)))
    assert described.columns.tolist() == [
        "choice",
        "n",
        "actors",
        "correlation",
        "leaders",
        "changes",
    ]
    assert count_comentions(MENTIONS.head(1)).empty
