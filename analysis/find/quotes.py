"""Who is quoted saying what: direct, mixed and indirect speech, with its speaker and its cue."""

from bisect import bisect_left, bisect_right

import numpy as np
import pandas as pd
from tqdm import tqdm

from .. import schema
from ..errors import SchemaError
from ..lexicons import noun_types, word_list
from ..parse.trees import read_trees
from ..read.articles import texts_behind
from .speakers import correct_speakers
from .speech.corrected_speech import BETWEEN_STRETCHES
from .speech.stretches import find_speech

# In whose words something stands that stands in no named speaker's.
JOURNALIST, UNTOLD, UNSAID = "journalist", "unnamed speaker", "denied or possible speech"
# Kinds of mention that can name a speaker.
NAMING = (*schema.REFERRING, "adjective")
# What is read of a mention.
OF_MENTION = ["start", "end", "actor", "actor_type", "kind", "code"]
# Characters; a longer description is not looked for.
LONGEST_MENTION = 300
# Determiners of somebody whom the text has spoken of before.
DEFINITE_WORDS = ("the", "his", "her", "my", "our", "their")
# What a quotation has of its own, and its stretches in common.
OF_QUOTE = ["doc_id", "quote_id"]
SHARED = [
    "speaker_start",
    "speaker_end",
    "speaker_head",
    "cue_start",
    "cue_end",
    "cue_verb",
    "cue_class",
    "quote_type",
    "status",
    "level",
    "code",
    "rule",
]


def find_quotes(articles, tokens, mentions, speech=None):
    """Find who is quoted saying what: one row a quotation, or other words in quotation marks.

    `speech` says where quotations stand (`find_speech`, which is run if it is not handed over). A
    quotation that goes on, in the same paragraph or the next, stays one row: `start` to `end` is
    from its first stretch to its last. `speaker` is an actor, with or without a name, as the
    mentions table has it, and missing where nobody in it speaks; `speaker_text` has the words that
    say who does. Corrections of speakers beside the article are made (`describe_corrections`).
    Accuracy: benchmarks/README.md.

    >>> articles = read_texts("“We will go,” Ann Miller said. “Soon.” A source close to her said "
    ...                       "that it would rain.")
    >>> tokens = split_tokens(articles)
    >>> quotes = find_quotes(articles, tokens, find_mentions(articles, tokens))
    >>> quotes[["content", "speaker", "cue", "quote_type"]].fillna("").values.tolist()
    [['“We will go,” … “Soon.”', 'Ann Miller', 'said', 'direct'],
     ['that it would rain', 'a source', 'said', 'indirect']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    schema.check(mentions, "mentions")
    if speech is None:
        speech = find_speech(articles, tokens)
    schema.check(speech, "speech")
    stretches = stretches_by_quote(speech)
    actors = schema.rows_of_articles(mentions, OF_MENTION)
    rows = []
    trees = read_trees(tokens)
    for doc_id in tqdm(trees, desc="Finding quotations", unit=" articles", delay=2, leave=False):
        if doc_id not in stretches:
            continue
        tree = trees[doc_id]
        named = actors.get(doc_id, ())
        known = actors_at(named)
        nameless = {each.actor for each in named if each.actor_type == schema.UNNAMED}
        for its in stretches[doc_id].values():
            rows.append(quote_row(tree, texts[doc_id], its, known, nameless))
    return correct_speakers(schema.table(rows, "quotes"), articles, mentions)


def stretches_by_quote(speech):
    """{doc_id: {quote_id: its stretches, a dict each}}."""
    found = {}
    for stretch in speech.to_dict("records"):
        of_article = found.setdefault(stretch["doc_id"], {})
        of_article.setdefault(stretch["quote_id"], []).append(stretch)
    return found


def quote_row(tree, text, stretches, known, nameless):
    """One row of the quotes table, from the rows of its stretches.

    `known` as in `actors_at`; `nameless` are those among them that have no name.
    """
    first = stretches[0]
    speaker = find_speaker(tree, first, known)
    has_name = speaker is not None and speaker not in nameless
    return {
        **{column: first[column] for column in (*OF_QUOTE, "sentence_id", "paragraph_id", *SHARED)},
        "start": first["start"],
        "end": stretches[-1]["end"],
        "content": BETWEEN_STRETCHES.join(stretch["text"] for stretch in stretches),
        "speaker": speaker,
        "speaker_text": text_of(text, first["speaker_start"], first["speaker_end"]),
        "cue": text_of(text, first["cue_start"], first["cue_end"]),
        "anonymous": not has_name and is_anonymous(tree, first["speaker_head"]),
    }


def text_of(text, start, end):
    """The text between two places; None where they are missing."""
    return None if pd.isna(start) else text[int(start) : int(end)]


def actors_at(mentions):
    """[(start, end, actor)] of the mentions that can name a speaker, in order."""
    found = []
    for each in mentions:
        if each.kind in NAMING and each.code != "dateline" and pd.notna(each.actor):
            found.append((each.start, each.end, each.actor))
    return sorted(found)


def row_at(tree, start):
    """The row of the token that begins at a place; None where the place is missing."""
    return None if pd.isna(start) else bisect_left(tree.starts, start)


def find_speaker(tree, stretch, known):
    """The actor whom the speaker's words mean: the mention at their head, or a name beside it."""
    head = row_at(tree, stretch["speaker_head"])
    if head is None:
        return None
    pronoun = tree.words[head].lower() in ("who", "which", "that")
    if pronoun and tree.dep[tree.head[head]] == "relcl":
        head = tree.head[tree.head[head]]
    beside = [child for child in tree.below[head] if tree.dep[child] == "appos"]
    if tree.words[head].lower() in word_list("words of number"):  # "one of the residents"
        beside += things_behind(tree, head, ("of",))
    if tree.lemma[head] in word_list("nouns for reports"):  # "a report in The Atlantic"
        beside += things_behind(tree, head, ("in", "by", "from"))
    for row in (head, *beside):
        actor = shortest_around(known, tree.starts[row])
        if actor is not None:
            return actor
    return None


def things_behind(tree, head, prepositions):
    """The rows of what stands behind a word with one of some prepositions."""
    below = [child for child in tree.below[head] if tree.lemma[child] in prepositions]
    return [tree.first[row]["pobj"] for row in below if "pobj" in tree.first[row]]


def shortest_around(known, at):
    """The actor of the shortest mention that stands around a place, or None."""
    first = bisect_left(known, at - LONGEST_MENTION, key=lambda each: each[0])
    last = bisect_right(known, at, key=lambda each: each[0])
    around = [(end - start, actor) for start, end, actor in known[first:last] if at < end]
    return min(around)[1] if around else None


def is_anonymous(tree, place):
    """Whether a speaker without a name is a person whom the text describes.

    "A source close to the team", but not "the minister", of whom the text has spoken.
    """
    head = row_at(tree, place)
    if head is None or tree.pos[head] != "NOUN":
        return False
    noun = tree.lemma[head]
    if noun == "source":
        return True
    words = [
        tree.words[row].lower() for row in tree.below[head] if tree.dep[row] in ("det", "poss")
    ]
    person = noun in word_list("nouns of sources") or "person" in noun_types(noun)
    return person and not any(word in DEFINITE_WORDS for word in words)


def stretches_of(quotes, speech):
    """The stretches of the quotations: rows of the speech table with the `speaker` of each."""
    schema.check(speech, "speech")
    speakers = schema.check(quotes, "quotes")[[*OF_QUOTE, "speaker"]]
    strange = set(quotes["doc_id"]) - set(speech["doc_id"])
    if strange:
        raise SchemaError(
            f"the quotations are of another article ({min(strange)}) than the speech. Make both "
            "from the same articles: find_quotes(articles, tokens, mentions, speech)."
        )
    return speech.merge(speakers, on=OF_QUOTE)


def find_voices(spans, quotes, speech):
    """In whose words each of some spans stands, an array of names.

    An actor's, "unnamed speaker", "denied or possible speech" (nobody said it), or "journalist"
    outside all speech. Of speech in other speech, the innermost counts.
    """
    if quotes is None or speech is None:
        raise SchemaError(
            "`quotes` and `speech` go together: quotes = find_quotes(articles, tokens, mentions, "
            "speech), and speech = find_speech(articles, tokens) says where they stand."
        )
    said = quotes[schema.check(quotes, "quotes")["quote_type"].isin(schema.SPEECH)]
    inside = place_in_speech(stretches_of(said, speech), spans)
    voices = np.full(len(spans), JOURNALIST, dtype=object)
    asserted = inside["status"] == "asserted"
    voices[inside["place"]] = inside["speaker"].fillna(UNTOLD).where(asserted, UNSAID)
    return voices


def place_in_speech(stretches, spans):
    """The spans that stand inside the given stretches, with the innermost `speaker`.

    `place` is their number among `spans`, `status` that of the quotation.
    """
    parts = stretches.sort_values("level", kind="stable")
    one, other = pair_touching(parts, spans)
    first, last = parts["start"].to_numpy()[one], parts["end"].to_numpy()[one]
    start, end = spans["start"].to_numpy()[other], spans["end"].to_numpy()[other]
    holds = (first <= start) & (end <= last)
    # Outer stretches come first, so that the innermost is the last that a span is given.
    around = pd.Series(one[holds], index=other[holds])
    around = around[~around.index.duplicated(keep="last")].sort_index()
    inside = spans.iloc[around.index].drop(columns=["speaker", "status"], errors="ignore")
    inside = inside.assign(place=around.index).reset_index(drop=True)
    said = parts.iloc[around][["quote_id", "speaker", "status"]].reset_index(drop=True)
    return pd.concat([inside, said], axis=1)


def pair_touching(spans, others):
    """Which spans touch which others of the same article, as two arrays of row numbers.

    In the order of `spans`, then of `others`. Both tables have doc_id, start and end. What is near
    is looked up in sorted starts and ends, so that a long article takes no more pairs than there
    are.
    """
    ours, theirs = [], []
    there = others.groupby("doc_id", sort=False).indices
    for doc_id, rows in spans.groupby("doc_id", sort=False).indices.items():
        if doc_id in there:
            one, other = pair_in_article(spans.iloc[rows], others.iloc[there[doc_id]])
            ours.append(rows[one])
            theirs.append(there[doc_id][other])
    nothing = np.zeros(0, dtype="int64")
    one, other = np.concatenate([nothing, *ours]), np.concatenate([nothing, *theirs])
    order = np.lexsort((other, one))
    return one[order], other[order]


def pair_in_article(spans, others):
    """The same of one article, in no order."""
    first, last = spans["start"].to_numpy("int64"), spans["end"].to_numpy("int64")
    order = np.argsort(others["start"].to_numpy("int64"), kind="stable")
    start, end = (others[edge].to_numpy("int64")[order] for edge in ("start", "end"))
    # Where one span lies in another, ends are in no order: all up to the furthest so far can touch.
    low = np.searchsorted(np.maximum.accumulate(end), first, side="left")
    high = np.searchsorted(start, last, side="right")
    sizes = np.maximum(high - low, 0)
    one = np.repeat(np.arange(len(spans)), sizes)
    other = np.repeat(low, sizes) + np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    touches = end[other] >= first[one]
    return one[touches], order[other[touches]]
