"""What an article does in a few sentences, each number with the address of its passages."""

from ..text import how_many, join_names
from .actors import count_actors
from .addresses import COUNTED, TONED, address_of
from .tone.stance_counts import select_toned
from .words import word_rows


def describe_article(sentences, tokens, mentions, sentiment, stance=None, voices=None, links=False):
    """Describe an article in a few sentences written from its tables, each number as counted there.

    `stance` adds the tone towards actors, `voices` who speaks. With `links`, each number is written `[7](#find/…)` with the
    address of its passages: `draw_note` makes links of them, which open in the reading view on the same page.

    >>> articles = read_texts("Putin left. Iran is glad.")
    >>> sentences = split_sentences(articles)
    >>> tokens = split_tokens(articles)
    >>> print(describe_article(sentences, tokens, find_mentions(articles, tokens), score_sentiment(sentences)))
    The article has 1 paragraph, 2 sentences and 5 words. Iran and Putin are mentioned most often (1 of 2 mentions
    each). VADER finds the wording of 0 sentences negative, of 1 positive and of 1 neutral.
    """

    def number(n, *behind, noun=None, adds="", **where):
        said = how_many(n, noun) if noun else str(n)
        return f"[{said}]({address_of(*behind, int(n), adds, **where)})" if links and n else said

    parts = [describe_size(sentences, tokens, number), describe_most(mentions, tokens, number)]
    if voices is not None:
        parts.append(describe_speaking(voices, number))
    if stance is not None:
        parts.append(describe_stance(select_toned(stance), number))
    counts = sentiment["label"].value_counts()
    negative, positive, neutral = (
        counts.get(label, 0) for label in ("negative", "positive", "neutral")
    )
    parts.append(
        f"VADER finds the wording of {number(negative, 'sentences', noun='sentence', label='negative')} negative, "
        f"of {number(positive, 'sentences', label='positive')} positive and of {number(neutral, 'sentences', label='neutral')} neutral."
    )
    return " ".join(parts)


def describe_size(sentences, tokens, number):
    """How long the article is."""
    words, headings = int(word_rows(tokens).sum()), int((sentences["kind"] == "heading").sum())
    paragraphs = sentences.groupby("doc_id")["paragraph_id"].nunique().sum()
    among = (
        f" ({number(headings, 'sentences', noun='heading', kind='heading')} among them)"
        if headings
        else ""
    )
    size = [
        number(paragraphs, "sentences", noun="paragraph", adds="paragraph_id"),
        number(len(sentences), "sentences", noun="sentence") + among,
    ]
    return f"The article has {size[0]}, {size[1]} and {number(words, 'words', noun='word')}."


def describe_most(mentions, tokens, number):
    """Who is mentioned most often."""
    actors, left_open = count_actors(mentions, tokens), int(mentions["actor"].isna().sum())
    most = actors[actors["n"] == actors["n"].max()]["actor"].tolist()
    if not most:
        return "No person, organisation or state is named in it."
    n, total = int(actors["n"].max()), int(actors["n"].sum())
    first = number(n, "mentions", **COUNTED, actor=most[0]) if len(most) == 1 else str(n)
    share = f"{first} of {number(total, 'mentions', noun='mention', **COUNTED)}{' each' if len(most) > 1 else ''}"
    rest = (
        f"; {number(left_open, 'mentions', uncounted='open')} more left open" if left_open else ""
    )
    return f"{join_names(most)} mentioned most often ({share}{rest})."


def describe_speaking(voices, number):
    """Who speaks, and whose words take most room."""
    speaking = voices[voices["quotations"] > 0]
    if speaking.empty:
        return "Nobody is quoted."
    quoted, spoken = (
        speaking.sort_values("quoted_words", ascending=False, kind="stable").iloc[0],
        {"spoken": "yes"},
    )
    total = int(speaking["quoted_words"].sum())
    speakers = number(len(speaking), "quotes", noun="speaker", adds="actor", **spoken)
    said = f"{speakers} in {number(int(speaking['quotations'].sum()), 'quotes', noun='quotation', adds='first', **spoken)}"
    if not total:
        return f"It carries the words of {said}, none of them in quotation marks."
    actor = quoted["actor"] if isinstance(quoted["actor"], str) else None
    most = number(int(quoted["quoted_words"]), "quotes", adds="inside", actor=actor, **spoken)
    whole = number(total, "quotes", noun="word", adds="inside", **spoken)
    takes = f"{actor} takes" if actor else "unnamed speakers take"
    return f"It carries the words of {said}; {takes} up most room, {most} of {whole} in quotation marks."


def describe_stance(toned, number):
    """How many mentions stand in a sentence of which tone."""
    labels = toned["label"].value_counts()
    negative, positive, neutral = (
        number(labels.get(label, 0), "mentions", **TONED, label=label)
        for label in ("negative", "positive", "neutral")
    )
    unsure = number(int(toned["label"].isna().sum()), "mentions", **TONED, label="")
    return (
        f"Mentions with a score: {number(len(toned), 'mentions', **TONED)}, {negative} of them in a sentence that speaks badly of the actor, "
        f"{positive} well, {neutral} neither; {unsure} too unsure to call."
    )
