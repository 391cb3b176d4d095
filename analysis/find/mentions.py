"""Who is in an article: every mention, by name or otherwise, whom it means, and in which role."""

from bisect import bisect_left, bisect_right

import pandas as pd
from tqdm import tqdm

from .. import schema
from ..errors import SchemaError
from ..parse.sentences import is_heading
from ..parse.trees import read_trees
from ..read.articles import texts_behind
from ..text import straighten
from .across import join_actors
from .corrected_mentions import correct_mentions
from .names.coreference import mentions_in
from .names.gazetteer import make_gazetteer, packaged_names
from .roles import find_roles
from .speech.page import Page
from .speech.stretches import find_speech

# What is read of a stretch of speech.
OF_STRETCH = ["start", "end", "speaker_head"]
CHOOSABLE = {"kind": (*schema.REFERRING, "adjective", "title", "part"), "actor_type": schema.TYPES}


def find_mentions(
    articles,
    tokens,
    speech=None,
    *,
    actors=None,
    titles="apart",
    across=True,
    choose=None,
    read=None,
):
    """Find every mention of a person, organisation, state or place: one row a mention of any kind.

    Names come from a vote of spaCy's entities and of a small encoder (`data/names/README.md`;
    `read` replaces its `read_article`), from a table of states and well-known organisations
    (`read_actors()`; pass your own, with the columns alias, actor, actor_type, kind, as `actors`)
    and from the article's own evidence: surnames, acronyms, short forms. Pronouns and descriptions
    ("the general") are resolved by the encoder's reading and weights learned on GUM, and `rule`
    says how sure that is; I and we inside quotation marks are the speaker's. People and groups
    whom the text describes and does not name ("a spokesman", "residents") are actors of the type
    "unnamed". `actor` is missing where the text leaves it open. Of several articles, an actor has
    one name in all (`find_same_actors` says who was joined and why), and with `across=False` each
    article stands for itself. `titles="with"` takes the title before a name into the mention;
    "apart" gives it a row of its own. `speech` says where quotations stand (`find_speech`, which is
    run if it is not handed over). Corrections beside the article are made: see
    `describe_corrections`.
    `choose` replaces the weights (see `choose_by` in find/names/pronouns.py). Accuracy:
    benchmarks/README.md.

    >>> articles = read_texts("Iran's President Ebrahim Raisi spoke. He left Tehran.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> mentions[["text", "actor", "kind"]].values.tolist()[:4]
    [['Iran', 'Iran', 'name'], ['President', 'Ebrahim Raisi', 'title'],
     ['Ebrahim Raisi', 'Ebrahim Raisi', 'name'], ['He', 'Ebrahim Raisi', 'pronoun']]
    """
    options = {"actors": actors, "titles": titles, "across": across}
    return find_with_log(articles, tokens, speech, **options, choose=choose, read=read)[0]


def find_with_log(articles, tokens, speech, *, actors, titles, across=True, choose=None, read=None):
    """The mentions as corrected, and the log of the corrections: what became of each."""
    if titles not in ("apart", "with"):
        raise SchemaError(f'titles is "apart" or "with", not {titles!r}.')
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    if speech is None:
        speech = find_speech(articles, tokens)
    stretches = schema.rows_of_articles(schema.check(speech, "speech"), OF_STRETCH)
    known = packaged_names() if actors is None else make_gazetteer(actors)
    trees = read_trees(tokens)
    rows = []
    for doc_id in tqdm(trees, desc="Finding mentions", unit=" articles", delay=2, leave=False):
        page = Page(trees[doc_id], texts[doc_id])
        said = stretches.get(doc_id, ())
        speakers = find_mark_speakers(page, said)
        heads = {each.speaker_head for each in said if pd.notna(each.speaker_head)}
        speaking = sorted(bisect_left(page.tree.starts, head) for head in heads)
        mentions = mentions_in(page, speakers, speaking, known, choose, read)
        found = mention_rows(page, doc_id, mentions)
        rows += with_titles(found, page.text) if titles == "with" else found

    def place(doc_id, start, end):
        """The columns of a mention that a reader adds; None where no sentence holds it."""
        if doc_id not in trees:
            return None
        return place_of(Page(trees[doc_id], texts[doc_id]), start, end)

    mentions = schema.table(rows, "mentions")
    if across and len(trees) > 1:
        mentions = join_actors(mentions)
    return correct_mentions(mentions, articles, place)


def find_mark_speakers(page, stretches):
    """{number of an outer stretch in marks: row of the word that names its speaker}.

    Of speech inside other speech, the innermost stretch that holds the marks speaks.
    """
    starts = [mark.start for mark in page.outer]
    heads = {}
    for stretch in sorted(stretches, key=lambda each: (each.start, -each.end)):
        first, last = bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)
        for number in range(first, last):
            if page.outer[number].end <= stretch.end:
                heads[number] = stretch.speaker_head
    named = {number: head for number, head in heads.items() if pd.notna(head)}
    return {number: bisect_left(page.tree.starts, head) for number, head in named.items()}


def mention_rows(page, doc_id, mentions):
    """Rows of the mentions table for one article."""
    tree, text = page.tree, page.text
    positions = find_positions(tree, text)
    spans = [(first, last) for first, last, _, _ in mentions]
    roles = find_roles(tree, spans, [link.kind for _, _, link, _ in mentions])
    rows = []
    for (first, last, link, quoted), role in zip(mentions, roles, strict=True):
        start, end = page.span((first, last))
        row = {
            "doc_id": doc_id,
            "sentence_id": tree.sentence[first],
            "paragraph_id": tree.paragraph[first],
            "start": start,
            "end": end,
            "text": text[start:end],
            **link._asdict(),
            "role": role,
            "position": positions.get(tree.paragraph[first], "rest"),
            "quoted": quoted,
        }
        rows.append(row)
    return rows


def find_positions(tree, text):
    """{paragraph_id: "headline" or "lead"}: what stands above the running text, and its first
    paragraph.
    """
    positions = {}
    for first, last in tree.paragraphs:
        paragraph = straighten(text[tree.starts[first] : tree.ends[last - 1]])
        heading = is_heading(paragraph, set(tree.sentence[first:last]))
        positions[tree.paragraph[first]] = "headline" if heading else "lead"
        if not heading:
            break
    return positions


def with_titles(rows, text):
    """The rows of one article with each title taken into the mention of the name after it."""
    titles = {row["end"]: row["start"] for row in rows if row["kind"] == "title"}
    widened = []
    for row in rows:
        before = len(text[: row["start"]].rstrip())
        if row["kind"] in ("name", "alias") and before in titles:
            start = titles[before]
            row = {**row, "start": start, "text": text[start : row["end"]]}
        if row["kind"] != "title":
            widened.append(row)
    return widened


def place_of(page, start, end):
    """Sentence, paragraph, role, position and quoted of a span; None where no sentence holds it."""
    tree = page.tree
    first, last = bisect_right(tree.ends, start), bisect_left(tree.starts, end)
    if first >= last or tree.sentence[first] != tree.sentence[last - 1]:
        return None
    positions = find_positions(tree, page.text)
    return {
        "sentence_id": tree.sentence[first],
        "paragraph_id": tree.paragraph[first],
        "role": find_roles(tree, [(first, last)])[0],
        "position": positions.get(tree.paragraph[first], "rest"),
        "quoted": any(mark.start <= start < mark.end for mark in page.marked),
    }


def choose_mentions(mentions, kinds, types):
    """The mentions of some kinds, of actors of some types (None: of all) that are not left open."""
    schema.check(mentions, "mentions")
    chosen = mentions["actor"].notna()
    for column, wanted in {"kind": kinds, "actor_type": types}.items():
        if wanted is None:
            continue
        wanted = [wanted] if isinstance(wanted, str) else list(wanted)
        known = [*CHOOSABLE[column], *mentions[column].dropna().unique()]
        for wrong in (value for value in wanted if value not in known):
            listed = ", ".join(CHOOSABLE[column])
            raise SchemaError(f"no mention has the {column} “{wrong}”. Choose from: {listed}.")
        chosen &= mentions[column].isin(wanted)
    return mentions[chosen]
