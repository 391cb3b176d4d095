"""What an article does in a few sentences, each number with the address of its passages."""

from ..text import how_many, join_names
from .actors import count_actors
from .addresses import COUNTED, SPOKEN, TONED, address_of
from .tone.stance_counts import select_toned
from .words import word_rows


def describe_article(
    sentences, tokens, mentions, sentiment, stance=None, voices=None, *, links=False
):
    """Describe an article in a few sentences written from its tables, as a text.

    Each number is as counted there. `stance` adds the tone towards actors, `voices` who speaks.
    With `links`, each number is written `[7](#find/…)` with the address of its passages:
    `draw_note` makes links of them, which open in the reading view on the same page.

    >>> articles = read_texts("Putin left. Iran is glad.")
    >>> sentences = split_sentences(articles)
    >>> tokens = split_tokens(articles)
    >>> mentions = find_mentions(articles, tokens)
    >>> print(describe_article(sentences, tokens, mentions, score_sentiment(sentences)))
    The article has 1 paragraph, 2 sentences and 5 words. Iran and Putin are mentioned most often
    (1 of 2 mentions each). VADER finds the wording of 0 sentences negative, of 1 positive and of
    1 neutral.
    """

    def number(n, passages, noun=None, adds="", **where):
        said = how_many(n, noun) if noun else str(n)
        if not links or not n:
            return said
        return f"[{said}]({address_of(passages, int(n), adds, **where)})"

    parts = [describe_size(sentences, tokens, number), describe_most(mentions, tokens, number)]
    if voices is not None:
        parts.append(describe_speaking(voices, number))
    if stance is not None:
        parts.append(describe_stance(select_toned(stance), number))
    parts.append(describe_wording(sentiment, number))
    return " ".join(parts)


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
    n = int(actors["n"].max())
    most = actors[actors["n"] == n]["actor"].tolist()
    total = number(int(actors["n"].sum()), "mentions", "mention", **COUNTED)
    if len(most) == 1:
        share = f"{number(n, 'mentions', **COUNTED, actor=most[0])} of {total}"
    else:
        share = f"{n} of {total} each"
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
    named = speaking[speaking["speaker"].notna()]
    quotations = number(n_quotations, "quotes", "quotation", adds="first", **SPOKEN)
    n_open = n_quotations - int(named["quotations"].sum())
    left_open = number(n_open, "quotes", adds="first", speaker=None, **SPOKEN)
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
    return f"{said}; {first['speaker']} takes up most room, {most} of {whole} in quotation marks."


def describe_stance(toned, number):
    """How many mentions stand in a sentence of which tone."""
    labels = toned["label"].value_counts()
    scored = number(len(toned), "mentions", **TONED)
    negative = number(labels.get("negative", 0), "mentions", **TONED, label="negative")
    positive = number(labels.get("positive", 0), "mentions", **TONED, label="positive")
    neutral = number(labels.get("neutral", 0), "mentions", **TONED, label="neutral")
    unsure = number(int(toned["label"].isna().sum()), "mentions", **TONED, label="")
    return (
        f"Mentions with a score: {scored}, {negative} of them in a negative light, {positive} in a "
        f"positive one, {neutral} in neither; {unsure} too unsure to call."
    )


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
