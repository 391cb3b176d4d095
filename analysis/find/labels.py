"""The words by which people and others are called: titles, epithets, descriptions, first names."""

import re

from .. import schema
from ..parse.tree import head_of
from ..parse.trees import read_trees
from ..schema import NAMED, UNNAMED
from .names.spans import spell_name
from .quotes import JOURNALIST, find_voices

TITLE, EPITHET, APPOSITION, PREDICATE, DESCRIPTION, FIRST_NAME = (
    "title",
    "epithet",
    "apposition",
    "predicate",
    "description",
    "first name",
)
# Where a rule says how sure it is, and below what no label hangs on a description.
SURE = re.compile(r"\((\d+)% sure\)")
LEAST_SURE = 60
# How a description is tied to its actor, by the code of the mention.
TIED = {"beside": APPOSITION, "said_of": PREDICATE}
# Words before a name that say what somebody is, not which or whose.
CALLING_POS = ("ADJ", "NOUN", "PROPN", "ADV", "VERB", "PUNCT", "X")
NOT_CALLING = ("det", "poss", "case", "nummod", "punct", "prep", "predet", "cc", "conj")


def find_labels(articles, tokens, mentions, quotes=None, speech=None):
    """Find the words by which each actor is called besides its name: one row a label.

    `form` says how it stands: a `title` with what stands before it ("former President"), an
    `epithet` before a name without a title ("embattled"), an `apposition` ("the mayor" beside the
    name), a `predicate` ("he is a hero"), another `description` ("the general"), or the `first
    name` of somebody named in full. `label` is what is counted: in small letters, without the
    article. `first_mention` says whether it stands at the actor's first mention; `voice` whose
    words it is: the journalist's, or of what stands in quotation marks the speaker's. Descriptions
    of which it is less than 60 % sure whom they mean are left out. Which labels an article chooses,
    and for whom, is a choice that names a camp (van Leeuwen 1996: The representation of social
    actors).

    >>> articles = read_texts("The embattled Ann Lee left. She is a hero.")
    >>> tokens = split_tokens(articles)
    >>> labels = find_labels(articles, tokens, find_mentions(articles, tokens))
    >>> labels[["actor", "label", "form"]].values.tolist()
    [['Ann Lee', 'embattled', 'epithet'], ['Ann Lee', 'hero', 'predicate']]
    """
    schema.check(tokens, "tokens")
    called = schema.check(mentions, "mentions")
    called = called[called["actor"].notna() & (called["actor_type"] != UNNAMED)]
    called = called[called["rule"].map(is_sure).astype(bool)]
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    trees = read_trees(tokens)
    rows = []
    for doc_id, of_article in schema.rows_of_articles(called).items():
        rows += labels_of(of_article, trees[doc_id], texts[doc_id])
    labels = schema.table(rows, "labels")
    if quotes is None:
        return labels
    voices = find_voices(labels, quotes, speech)
    # Words reported without marks are the journalist's choice.
    voices[[not row["quoted"] for row in rows]] = JOURNALIST
    return labels.assign(voice=voices)


def is_sure(rule):
    """Whether it is sure enough whom a description means."""
    sure = SURE.search(rule)
    return sure is None or int(sure[1]) >= LEAST_SURE


def labels_of(mentions, tree, text):
    """Rows of the labels table for one article."""
    places = tree.find_rows(mentions)
    names = dict(places)  # where each begins: where the last that begins there ends
    titled, first_of = set(), {}
    for mention, (_, last) in zip(mentions, places, strict=True):
        first_of[mention.actor] = min(mention.start, first_of.get(mention.actor, mention.start))
        if mention.kind == TITLE:
            titled.add(last)
    rows = []
    for mention, (first, last) in zip(mentions, places, strict=True):
        form = form_of_label(mention)
        is_bare = mention.actor_type == "person" and first not in titled and form is None
        if is_bare and mention.kind in NAMED:
            first, last, form = *before_name(tree, first, last), EPITHET
            # "Beck's CPAC speech", "House Speaker Ryan": names are no epithets.
            if "PROPN" in tree.pos[first:last]:
                continue
        elif form == TITLE:
            first = before_name(tree, first, names.get(last, last + 1))[0]
        if form is None or first >= last:
            continue
        start, end = tree.starts[first], tree.ends[last - 1]
        row = {
            "doc_id": mention.doc_id,
            "sentence_id": mention.sentence_id,
            "paragraph_id": mention.paragraph_id,
            "start": start,
            "end": end,
            "text": text[start:end],
            "actor": mention.actor,
            "actor_type": mention.actor_type,
            "label": spell_label(tree, first, last),
            "form": form,
            "first_mention": start <= first_of[mention.actor],
            "quoted": mention.quoted,
        }
        rows.append(row)
    return rows


def form_of_label(mention):
    """How a mention calls its actor; None where by the name alone."""
    if mention.kind == TITLE:
        return TITLE
    if mention.kind == DESCRIPTION:
        return TIED.get(mention.code, DESCRIPTION)
    return FIRST_NAME if mention.code == "first_name" else None


def before_name(tree, first, last):
    """(first, end) of the words that stand right before rows and belong to the same phrase."""
    head, row = head_of(tree, first, last), first
    while row and is_calling(tree, row - 1, head):
        row -= 1
    while row < first and (tree.dep[row] in NOT_CALLING or is_stray(tree, row, first)):
        row += 1
    return row, first


def is_stray(tree, row, end):
    """Whether an adverb says how sure or when something is, not what: "presumably Senator".

    But "exceedingly | popular", where it belongs to a word before the `end`.
    """
    is_adverb = tree.pos[row] == "ADV" and tree.words[row].lower() != "then"
    return is_adverb and not row < tree.head[row] < end


def is_calling(tree, row, head):
    """Whether a word before a name is part of what somebody is called there."""
    if tree.sentence[row] != tree.sentence[head]:
        return False
    if row + 1 < head and tree.ends[row] == tree.starts[row + 1]:
        return tree.words[row] == "-" or tree.words[row + 1] == "-"  # "newly-minted Speaker"
    is_number = tree.dep[row] == "nummod" and tree.head[row] != head  # "three-term Governor"
    if tree.pos[row] not in CALLING_POS and not is_number:
        return False
    up = row
    while up not in (head, tree.head[up]):
        if tree.dep[up] in ("det", "poss", "case", "prep", "cc", "conj", "relcl", "appos"):
            return False
        up = tree.head[up]
    return up == head and row != head


def spell_label(tree, first, last):
    """A label as it is counted: in small letters, without the article or owner before it."""
    while first < last - 1 and (tree.dep[first] == "det" or tree.pos[first] == "PRON"):
        first += 1
    while first < last - 1 and tree.dep[last - 1] == "case":
        last -= 1
    return spell_name(tree.words[first:last]).replace(" ,", ",").lower()
