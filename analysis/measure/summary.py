"""What an article does in a few sentences, each number with the address of its passages."""

import pandas as pd

from ..lexicons import read_accuracy
from ..text import how_many, join_names
from .actors import count_actors, select_leaders
from .addresses import COUNTED, SPOKEN, TONED, address_of
from .answers import select_usable
from .corrected import CODED_HERE, may_be_chance
from .roles import select_stated
from .tone.stance_counts import count_stance, select_toned
from .voices import choose_longest, have_names, is_longest
from .words import word_rows


def describe_article(sentences, tokens, mentions, sentiment, *, links=False):
    """Describe an article in a few sentences written from its tables, as a text.

    Each number is as counted there. With `links`, each is written `[7](#find/…)` with the address
    of its passages: `draw_note` makes links of them, which open in the reading view on the same
    page. `describe_findings` says more.

    >>> articles = read_texts("Putin left. Iran is glad.")
    >>> sentences = split_sentences(articles)
    >>> tokens = split_tokens(articles)
    >>> mentions = find_mentions(articles, tokens)
    >>> print(describe_article(sentences, tokens, mentions, score_sentiment(sentences)))
    The article has 1 paragraph, 2 sentences and 5 words. Iran and Putin are mentioned most often
    (1 of 2 mentions each). VADER finds the wording of 0 sentences negative, of 1 positive and of
    1 neutral.
    """
    number = number_writer(links)
    parts = [describe_size(sentences, tokens, number), describe_most(mentions, tokens, number)]
    return " ".join([*parts, describe_wording(sentiment, number)])


def describe_findings(tokens, mentions, voices, actions, stance, codings=None, *, links=False):
    """Describe what an article does in four findings, as a text of one line each.

    Who is in it, who speaks, what it states as fact of whom, in what light they stand; each line
    with its numbers (`links` as in `describe_article`) and, in brackets, how far to trust it. Where
    the tone was coded (`codings`, from `read_codings`), the corrected share stands beside it.

    >>> articles = read_texts("“I am glad,” Joe Biden said. Biden thanked Iran.")
    >>> sentences, tokens = split_sentences(articles), split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> mentions = find_mentions(articles, tokens, speech)
    >>> quotes = find_quotes(articles, tokens, mentions, speech)
    >>> found = describe_findings(
    ...     tokens,
    ...     mentions,
    ...     count_voices(quotes, speech, mentions),
    ...     find_actions(mentions, tokens, quotes, speech),
    ...     score_stance(mentions, sentences, quotes, speech),
    ... )
    >>> print(found.splitlines()[2])
    **What it states as fact.** 1 act of one actor towards another: Joe Biden thanked Iran. (What
    the grammar says outright: not all that happens.)
    """
    number = number_writer(links)
    found = {
        "Who is in it": (describe_most(mentions, tokens, number), caveat("actors")),
        "Who speaks": (describe_speaking(voices, number), caveat("quotes")),
        "What it states as fact": (describe_acts(actions, links), OF_ACTS),
        "In what light they stand": (describe_stance(stance, number, codings), caveat("stance")),
    }
    return "\n".join(f"**{what}.** {said} ({limit}.)" for what, (said, limit) in found.items())


# Of those mentioned most often, how many have their counts said; below so many mentions in a
# negative light, nobody is said to stand in it most often.
MOST_LEADERS, FEWEST_NEGATIVE = 3, 3
OF_ACTS = "What the grammar says outright: not all that happens"


def caveat(task):
    """The first thing to know of the accuracy of a task, in plain words."""
    return read_accuracy(task)["meaning"].iat[0].split(";")[0].split(" (")[0].rstrip(".")


def number_writer(links):
    """The function that writes a number, with the address of its passages if `links`."""

    def number(n, passages, noun=None, adds="", **where):
        said = how_many(n, noun) if noun else str(n)
        if not links or not n:
            return said
        return f"[{said}]({address_of(passages, int(n), adds, **where)})"

    return number


def describe_size(sentences, tokens, number):
    """How long the article is."""
    n_words = int(word_rows(tokens).sum())
    n_headings = int((sentences["kind"] == "heading").sum())
    n_paragraphs = sentences.groupby("doc_id")["paragraph_id"].nunique().sum()
    paragraphs = number(n_paragraphs, "sentences", "paragraph", adds="paragraph_id")
    among = number(len(sentences), "sentences", "sentence")
    if n_headings:
        headings = number(n_headings, "sentences", "heading", kind="heading")
        among = f"{among} ({headings} among them)"
    return f"The article has {paragraphs}, {among} and {number(n_words, 'words', 'word')}."


def describe_most(mentions, tokens, number):
    """Who is mentioned most often."""
    actors = count_actors(mentions, tokens)
    if actors.empty:
        return "No person, organisation or state is named in it."
    leaders = select_leaders(actors)
    most = leaders["actor"].tolist()
    total = number(int(actors["n"].sum()), "mentions", "mention", **COUNTED)
    counts = leaders["n"].tolist()
    if len(most) > 1 and len(set(counts)) == 1:
        share = f"{counts[0]} of {total} each"
    else:
        pairs = zip(most[:MOST_LEADERS], counts, strict=False)
        its = [number(n, "mentions", **COUNTED, actor=actor) for actor, n in pairs]
        more = " …" if len(most) > MOST_LEADERS else ""
        share = f"{', '.join(its)}{more} of {total}"
    n_open = int(mentions["actor"].isna().sum())
    if n_open:
        share += f"; {number(n_open, 'mentions', uncounted='open')} more left open"
    return f"{join_names(most)} mentioned most often ({share})."


def describe_speaking(voices, number):
    """Who speaks, and whose words take most room."""
    speaking = voices[voices["quotations"] > 0]
    if speaking.empty:
        return "Nobody is quoted."
    n_quotations = int(speaking["quotations"].sum())
    has_name = have_names(speaking)
    named = speaking[has_name]
    quotations = number(n_quotations, "quotes", "quotation", adds="first", **SPOKEN)
    n_open = n_quotations - int(named["quotations"].sum())
    nameless = speaking.loc[~has_name, "speaker"].tolist()
    left_open = number(n_open, "quotes", adds="first", speaker=nameless, **SPOKEN)
    if named.empty:
        return f"It carries {quotations}, and names no speaker."
    names = named["speaker"].tolist()
    speakers = number(len(named), "quotes", "speaker", adds="speaker", speaker=names, **SPOKEN)
    said = f"It carries the words of {speakers} in {quotations}"
    if n_open:
        said += f" ({left_open} of them without a named speaker)"
    total = int(speaking["quoted_words"].sum())
    if not total:
        return f"{said}, none of them in quotation marks."
    first = named.sort_values("quoted_words", ascending=False, kind="stable").iloc[0]
    n_words = int(first["quoted_words"])
    if not n_words:
        return f"{said}."
    most = number(n_words, "quotes", adds="inside", speaker=first["speaker"], **SPOKEN)
    whole = number(total, "quotes", "word", adds="inside", **SPOKEN)
    its = f"{most} of {whole} in quotation marks"
    doubt = doubt_first(named[named["quoted_words"] > 0], first)
    takes = f"{first['speaker']} takes up most room, {its}"
    if not is_longest(speaking):
        takes = f"most that has a name is {first['speaker']}'s, {its}"
    if doubt:
        takes = f"{first['speaker']} has most by this count, {its}, but {doubt}"
    return f"{said}; {takes}."


def doubt_first(named, first):
    """Why the one with most words may not have most, by the intervals; None where there are none.

    Most as corrected, where that is known, is somebody's as in `draw_voices`.
    """
    if "low" not in named or named["low"].isna().all():
        return None
    largest = choose_longest(named)
    if largest.name != first.name:
        return f"as corrected, {largest['speaker']} has more"
    if pd.isna(first["low"]):
        return "too few of these quotations are coded to tell"
    return "the order may be chance" if may_be_chance(named, first) else None


def describe_acts(actions, links):
    """How many acts the article states as fact, the first of them, how many others there are."""
    stated = select_stated(actions)
    rest = len(actions) - len(stated)
    others = ""
    if rest:
        told = say_acts(actions.drop(stated.index), f"{rest} more", links)
        are = "is" if rest == 1 else "are"
        others = (
            f"; {told} {are} alleged, denied, hypothetical, planned or asked for, or told in "
            "somebody else's words"
        )
    if stated.empty:
        return f"No act of one actor towards another{others}."
    first = stated.iloc[0]
    said = say_acts(stated, how_many(len(stated), "act"), links)
    act = f"{first['actor']} {first['verb']} {first['target']}"
    begins = ", first" if len(stated) > 1 else ""
    return f"{said} of one actor towards another{begins}: {act}{others}."


def say_acts(actions, words, links):
    """Words for some acts, with the address of the sentences that they stand in if `links`."""
    if not links:
        return words
    where = {"doc_id": actions["doc_id"].unique(), "sentence_id": actions["sentence_id"].unique()}
    where = {key: values.tolist() for key, values in where.items()}
    return f"[{words}]({address_of('sentences', **where)})"


def describe_stance(stance, number, codings=None):
    """How many mentions stand in a negative light, and whose most often."""
    toned = select_toned(stance)
    labels = toned["label"].value_counts()
    n_negative = int(labels.get("negative", 0))
    scored = number(len(toned), "mentions", "mention", **TONED)
    negative = number(n_negative, "mentions", **TONED, label="negative")
    said = f"{negative} of {scored} stand in a negative light"
    if not n_negative:
        return f"{said}."
    usable = None if codings is None else select_usable(codings, stance)
    is_coded = usable is not None and len(usable) > 0
    counts = count_stance(stance, coded=usable if is_coded else None)
    counts = counts[counts["negative_share"].notna() & (counts["n_negative"] >= FEWEST_NEGATIVE)]
    if counts.empty:
        return f"{said}, of nobody often enough to say more."
    most = counts.loc[counts["n_negative"].idxmax()]
    where = {**TONED, "actor": most["actor"]}
    its = number(int(most["n_negative"]), "mentions", **where, label="negative")
    its = f"{its} of {number(most['n'], 'mentions', **where)}"
    if is_coded:
        return f"By the machine’s count {said}, most often {most['actor']} ({its}){correct(most)}."
    return f"{said}, most often {most['actor']} ({its})."


def correct(row):
    """What a coder's sample makes of an actor's share of negative mentions, where it is known."""
    if row["basis_of_interval"] != CODED_HERE:
        return "; too few of these are coded to correct it"
    share, low, high = (round(100 * row[each]) for each in ("corrected", "low", "high"))
    is_inside = row["low"] <= row["n_negative"] / row["n"] <= row["high"]
    what = "agrees" if is_inside else "does not agree"
    return f"; what was coded here {what}: {share} % ({low}–{high})"


def describe_wording(sentiment, number):
    """How many sentences VADER finds negative, positive and neutral."""
    labels = sentiment["label"].value_counts()
    negative = number(labels.get("negative", 0), "sentences", "sentence", label="negative")
    positive = number(labels.get("positive", 0), "sentences", label="positive")
    neutral = number(labels.get("neutral", 0), "sentences", label="neutral")
    return (
        f"VADER finds the wording of {negative} negative, of {positive} positive and of "
        f"{neutral} neutral."
    )
