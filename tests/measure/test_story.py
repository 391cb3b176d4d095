"""How much stands on whose word, where doers are missing, whom it is about, headline and body."""

import pytest
from parts import parts

import analysis as wb
from analysis.errors import SchemaError


def test_all_words_stand_on_somebodys_word():
    _, tokens, speech, mentions, quotes = parts("Ann Lee said it rained hard. It was dark.")
    vouching = wb.find_vouching(quotes, tokens, mentions)
    counts = wb.count_vouching(vouching, speech, tokens)
    assert counts.values.tolist() == [
        ["named", "asserted", 1, 3, 1 / 3],
        ["the article", "asserted", 0, 6, 2 / 3],
    ]
    by_speaker = wb.count_vouching(vouching, speech, tokens, by="speaker")
    assert by_speaker["words"].tolist() == [6, 3]
    with pytest.raises(SchemaError, match="Choose from: source, certainty"):
        wb.count_vouching(vouching, speech, tokens, by="sauce")


def test_missing_doers_are_counted_by_whom_it_is_done_to():
    articles, tokens, speech, mentions, quotes = parts(
        "Ann Lee was shot. Ann Lee was seen. The house was sold. The killing of Bob Reed ended it."
    )
    missing = wb.find_missing_doers(articles, tokens, mentions, quotes, speech)
    counts = wb.count_missing_doers(missing).fillna({"actor": ""})
    columns = ["actor", "passive", "noun", "n", "n_harm"]
    assert counts[columns].values.tolist() == [
        ["Ann Lee", 2, 0, 2, 1],
        ["Bob Reed", 0, 1, 1, 1],
        ["", 1, 0, 1, 0],
    ]
    assert wb.count_missing_doers(missing, by="voice")["n"].tolist() == [4]


def test_who_stands_first_and_in_the_headline_is_more_salient_than_who_is_named_as_often():
    _, _, _, mentions, _ = parts("Lee wins¶Ann Lee won. Bob Reed lost. Reed wept. It rained.")
    salience = wb.score_salience(mentions)
    assert salience[["actor", "n", "first_sentence", "headline"]].values.tolist() == [
        ["Ann Lee", 2, 1, 1],
        ["Bob Reed", 2, 3, 0],
    ]
    assert salience["salience"].between(0, 1).all()
    assert wb.score_salience(mentions.head(0)).empty


# text => aspect:finding:words:words of the body, …
HEADLINES = """Lee kills Reed¶Ann Lee is accused of killing Bob Reed. => \
act:surer in the headline:kills:killing
Lee kills Reed¶Ann Lee killed Bob Reed. =>
Lee kills Reed¶Tom Hale said Ann Lee killed Bob Reed. => act:surer in the headline:kills:killed
Iran and Lee win¶Ann Lee won. => actor:only in the headline:Iran:
40 win¶Some 30 people won. => number:only in the headline:40:
Three win¶Some 3 people won. =>
Cunning Lee wins¶Ann Lee won. => word:only in the headline:Cunning:
It rained¶Ann Lee left. Lee came back. Lee slept. => word:only in the headline:rained:;\
actor:not in the headline:Ann Lee:
Three killed in Kyiv¶Russia killed three people in Kyiv. => act:doer left out:killed:Russia
Dem wins in Ohio¶The Democrats won in Ohio. =>
Lee may get tough¶Ann Lee may get hurt. => word:only in the headline:tough:
It rained and Ann Lee left. =>"""


@pytest.mark.parametrize("line", HEADLINES.splitlines())
def test_what_headline_and_body_do_not_share(line):
    text, _, expected = line.partition(" =>")
    found = wb.compare_headline(*(parts(text)[place] for place in (0, 1, 3, 4, 2)))
    found = found.fillna({"body_text": ""})
    rows = [":".join(row) for row in found[["aspect", "finding", "text", "body_text"]].values]
    assert rows == [each.strip() for each in expected.strip().split(";") if each]


@pytest.mark.parametrize(
    ("above", "below", "finding"),
    [
        ("negative", "neutral", "darker in the headline"),
        ("neutral", "negative", "lighter in the headline"),
        ("neutral", "neutral", None),
    ],
)
def test_the_light_that_headline_and_body_throw_on_an_actor(above, below, finding):
    body = " ".join(f"Ann Lee won race {number}." for number in range(2, 10))
    articles, tokens, speech, mentions, quotes = parts(f"Ann Lee wins¶{body}")
    stance = wb.score_stance(mentions, wb.split_sentences(articles), quotes, speech)
    is_above = stance["position"] == "headline"
    stance["label"] = is_above.map({True: above, False: below}).astype("str")
    told = articles, tokens, mentions, quotes, speech
    found = wb.compare_headline(*told, stance=stance).query("aspect == 'tone'")
    assert found["finding"].tolist() == ([finding] if finding else [])
    assert (wb.compare_headline(*told)["aspect"] != "tone").all()


def test_charts_say_their_finding():
    articles, tokens, speech, mentions, quotes = parts(
        "The embattled Ann Lee was shot. Tom Hale said Ann Lee was a hero."
    )
    vouching = wb.find_vouching(quotes, tokens, mentions)
    missing = wb.find_missing_doers(articles, tokens, mentions, quotes, speech)
    labels = wb.find_labels(articles, tokens, mentions, quotes, speech)
    told = {
        "vouching": wb.draw_vouching(wb.count_vouching(vouching, speech, tokens)),
        "doers": wb.draw_missing_doers(wb.count_missing_doers(missing)),
        "labels": wb.draw_labels(labels),
    }
    said = {name: chart.to_dict()["description"] for name, chart in told.items()}
    assert said["vouching"].startswith("64% of the words stand on the article's own word, 36%")
    assert said["doers"].startswith("1 act without a doer, 1 of harm or blame; most often done to")
    assert said["labels"].startswith("Ann Lee is called by most labels: 2, 2 of them different")
    for draw, table in (
        (wb.draw_vouching, wb.count_vouching(vouching, speech, tokens).head(0)),
        (wb.draw_missing_doers, wb.count_missing_doers(missing.head(0))),
        (wb.draw_labels, labels.head(0)),
    ):
        assert draw(table).to_dict()["height"] > 0
