"""Who is in an article: every mention, by name or otherwise, whom it means, and what it does in its clause."""

from tqdm import tqdm

from . import schema
from .articles import texts_behind
from .clauses import find_roles
from .corrections import correct_mentions
from .errors import SchemaError
from .marks import find_marked
from .mentions import mentions_in
from .names import gazetteer, make_gazetteer
from .phrases import paragraph_runs
from .text import straighten
from .tokens import is_heading


def find_mentions(articles, tokens, actors=None, titles="apart", choose=None):
    """Find every mention of a person, organisation, state or place that the article names: one row a mention of any kind.

    Names come from spaCy's entities, from a table of states and well-known organisations (`read_actors()`; pass your own,
    with the columns alias, actor, actor_type, kind, as `actors`) and from the article's own evidence: surnames, acronyms,
    short forms. Pronouns and descriptions ("the general") are resolved by weights learned on GUM (training/references.py),
    and `rule` says how sure that is; I and we inside quotation marks are the speaker's. `actor` is missing where the text
    leaves it open. `titles="with"` takes the title before a name into the mention; "apart" gives it a row of its own.
    Corrections beside the article are made: see `describe_corrections`. `choose` replaces the weights (see
    `analysis.references.choose_by`). Accuracy: benchmarks/README.md.

    >>> articles = read_texts("Iran's President Ebrahim Raisi spoke. He left Tehran. “I am tired,” said the president.")
    >>> find_mentions(articles, split_tokens(articles))[["text", "actor", "kind", "role"]].values.tolist()[:4]
    [['Iran', 'Iran', 'name', 'possessor'], ['President', 'Ebrahim Raisi', 'title', 'agent'], ['Ebrahim Raisi', 'Ebrahim Raisi', 'name', 'agent'], \
['He', 'Ebrahim Raisi', 'pronoun', 'agent']]
    """
    if titles not in ("apart", "with"):
        raise SchemaError(f'titles is "apart" or "with", not {titles!r}.')
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    known = gazetteer() if actors is None else make_gazetteer(actors)
    parses = {doc_id: parsed.reset_index(drop=True) for doc_id, parsed in tokens.groupby("doc_id", sort=False)}
    rows = []
    for doc_id, parsed in tqdm(parses.items(), desc="Finding mentions", unit=" articles", delay=2, leave=False):
        rows += mention_rows(doc_id, parsed, texts[doc_id], mentions_in(parsed, texts[doc_id], known, choose))
    found = with_titles(rows, texts) if titles == "with" else rows

    def places(doc_id, start, end):
        return place_of(parses[doc_id], texts[doc_id], start, end) if doc_id in parses else None

    return correct_mentions(schema.table(found, "mentions"), articles, places)


def mention_rows(doc_id, parsed, text, mentions):
    """Rows of the mentions table for one article."""
    place = parsed[["sentence_id", "paragraph_id", "start", "end"]].to_numpy().tolist()
    positions = find_positions(parsed, text)
    roles = find_roles(parsed, [(first, last) for first, last, _, _ in mentions], [link.kind for _, _, link, _ in mentions])
    rows = []
    for (first, last, link, quoted), role in zip(mentions, roles, strict=True):
        (sentence_id, paragraph_id, start, _), end = place[first], place[last - 1][3]
        rows.append((doc_id, sentence_id, paragraph_id, start, end, text[start:end], *link, role, positions.get(paragraph_id, "rest"), quoted))
    return rows


def find_positions(parsed, text):
    """{paragraph_id: "headline" or "lead"}: what stands above the first paragraph of running text, and that paragraph."""
    positions = {}
    paragraphs, sentences, starts, ends = (parsed[column].tolist() for column in ("paragraph_id", "sentence_id", "start", "end"))
    for first, last in paragraph_runs(paragraphs):
        heading = is_heading(straighten(text[starts[first] : ends[last - 1]]), sorted(set(sentences[first:last])))
        positions[paragraphs[first]] = "headline" if heading else "lead"
        if not heading:
            break
    return positions


def with_titles(rows, texts):
    """The rows with each title taken into the mention of the name after it."""
    columns = schema.columns("mentions")
    doc, start, end, kind = (columns.index(name) for name in ("doc_id", "start", "end", "kind"))
    text_at = columns.index("text")
    ends = {(row[doc], row[end]): row[start] for row in rows if row[kind] == "title"}
    widened = []
    for row in rows:
        if row[kind] != "title":
            text, before = texts[row[doc]], row[start]
            while before and text[before - 1].isspace():
                before -= 1
            row = list(row)
            if row[kind] in ("name", "alias") and (row[doc], before) in ends:
                row[start] = ends[row[doc], before]
                row[text_at] = text[row[start] : row[end]]
            widened.append(row)
    return widened


def place_of(parsed, text, start, end):
    """Sentence, paragraph, role, position and quoted of a span of the text; None where no sentence holds it."""
    inside = parsed[(parsed["end"] > start) & (parsed["start"] < end)]
    if inside.empty or inside["sentence_id"].nunique() > 1:
        return None
    first, last = inside.index[0], inside.index[-1] + 1
    paragraph = parsed[parsed["paragraph_id"] == parsed.loc[first, "paragraph_id"]]
    marked = find_marked(text, int(paragraph["start"].iat[0]), int(paragraph["end"].iat[-1]))
    return {
        "sentence_id": int(parsed.loc[first, "sentence_id"]),
        "paragraph_id": int(parsed.loc[first, "paragraph_id"]),
        "role": find_roles(parsed, [(first, last)])[0],
        "position": find_positions(parsed, text).get(int(parsed.loc[first, "paragraph_id"]), "rest"),
        "quoted": any(mark.start <= start < mark.end for mark in marked),
    }
