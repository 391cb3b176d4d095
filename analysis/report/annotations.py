"""What was found in an article in the formats of others.

W3C Web Annotations are for annotation tools, CoNLL-U is for corpus linguistics.
"""

import hashlib
import json
import re
import uuid

from .. import schema
from ..read.articles import texts_behind
from .writing import write_whole

# How much of the text before and after a span helps to find it again.
AROUND = 32
RELATIONS_NOTE = (
    "# relations = ClearNLP labels of spaCy's English models, not Universal Dependencies"
)


def write_annotations(articles, path, *, mentions=None, quotes=None, speech=None, dates=None):
    """Write mentions (or a stance table), quotations and dates as W3C Web Annotations (JSON-LD).

    Quotations need `speech`, the table of their passages. All articles are one collection. Each
    annotation has a stable id, a position in Unicode code points and the quoted text with what
    stands around it, so that it is found again even if the text changes (Sanderson, R., Ciccarese,
    P. & Young, B. 2017: Web Annotation Data Model. W3C).
    """
    items = []
    for article in schema.check(articles, "articles").itertuples():
        for found in find_annotated(article.doc_id, mentions, quotes, speech, dates):
            items.append(describe_annotation(article, *found))
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": "Found by the media analysis workbook",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text)


def find_annotated(doc_id, mentions, quotes, speech, dates):
    """(kind, spans, bodies) of everything found in an article."""
    found = []
    for row in rows_of_article(mentions, doc_id):
        tags = {
            "what": "mention",
            "actor": row.actor,
            "type": row.actor_type,
            "kind": row.kind,
            # A stance table has these two as well.
            "tone": getattr(row, "label", None),
            "speaker": getattr(row, "speaker", None),
        }
        found.append(("mention", [(row.start, row.end)], describe_bodies(tags, row.rule)))
    passages = {}
    for row in rows_of_article(speech, doc_id):
        passages.setdefault(row.quote_id, []).append((row.start, row.end))
    for row in rows_of_article(quotes, doc_id):
        tags = {
            "what": "quotation",
            "type": row.quote_type,
            "speaker": row.speaker,
            "cue": row.cue,
            "status": row.status,
        }
        spans = passages[row.quote_id]
        found.append(("quotation", spans, describe_bodies(tags, row.rule)))
    for row in rows_of_article(dates, doc_id):
        tags = {"what": "date", "kind": row.kind, "value": row.value}
        found.append(("date", [(row.start, row.end)], describe_bodies(tags, row.rule)))
    return found


def rows_of_article(table, doc_id):
    """The rows of one article; none of a table that is not there."""
    if table is None:
        return []
    return table[table["doc_id"] == doc_id].itertuples()


def describe_annotation(article, kind, spans, bodies):
    """An annotation, under an id that depends on the text, the place and what is said of it."""
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    name = f"{digest} {kind} {spans} {json.dumps(bodies, sort_keys=True)}"
    name = name.encode("utf-8", "replace").decode()
    source = article.url if isinstance(article.url, str) else f"urn:sha256:{digest}"
    targets = [
        {"source": source, "selector": selectors(article.text, start, end)} for start, end in spans
    ]
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
        "type": "Annotation",
        "motivation": "identifying" if kind == "mention" else "tagging",
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }


def describe_bodies(tags, rule):
    """The bodies of an annotation: a tag each, and in plain words why."""
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}: {value}"}
        for name, value in tags.items()
        if isinstance(value, str) and value
    ]
    if isinstance(rule, str):
        bodies.append(
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "en",
                "value": rule,
            }
        )
    return bodies


def selectors(text, start, end):
    """Both ways to find a span again: by position, and by its words and those around them."""
    quote = {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return [
        {"type": "TextPositionSelector", "start": int(start), "end": int(end)},
        {"type": "TextQuoteSelector", **quote},
    ]


def write_conllu(articles, tokens, path, mentions=None):
    """Write the parse as CoNLL-U, with offsets, entities and actors in MISC.

    An actor is on the first token of a mention. In MISC, as CoNLL-U has it, neither white space nor
    a bar may stand: in actors' names they are written _ and /.
    """
    # By hand: a package for CoNLL-U would take the same rows as dictionaries, and write the same
    # lines from them; what is to be said here is what stands in the fields.
    tokens = schema.check(tokens, "tokens")
    texts = texts_behind(articles, tokens)
    actors = find_actors_by_place(mentions)
    lines = []
    document = paragraph = None
    for (doc_id, sentence_id), rows in tokens.groupby(["doc_id", "sentence_id"], sort=False):
        paragraph_id = rows["paragraph_id"].iat[0]
        if doc_id != document:
            lines += [f"# newdoc id = {doc_id}", RELATIONS_NOTE]
        if (doc_id, paragraph_id) != (document, paragraph):
            lines.append(f"# newpar id = {doc_id}-p{paragraph_id}")
        document, paragraph = doc_id, paragraph_id
        text = texts[doc_id][rows["start"].iat[0] : rows["end"].iat[-1]]
        lines += [f"# sent_id = {doc_id}-s{sentence_id}", f"# text = {' '.join(text.split())}"]
        following = [*rows["start"].tolist()[1:], None]
        for row, later in zip(rows.itertuples(), following, strict=True):
            names = actors.get((doc_id, row.start), [])
            lines.append("\t".join(fill_fields(row, later, names)))
        lines.append("")
    if lines:
        lines.append("")
    write_whole(path, "\n".join(lines))


def find_actors_by_place(mentions):
    """{(doc_id, start): actors} of the mentions that begin there, as MISC can hold their names."""
    actors = {}
    if mentions is not None:
        for row in mentions.dropna(subset=["actor"]).itertuples():
            name = in_field(row.actor).replace("|", "/").replace(",", "_")
            actors.setdefault((row.doc_id, row.start), []).append(name)
    return actors


def fill_fields(row, later, actors):
    """The ten fields of a token; `later` is where the next one starts."""
    misc = []
    if actors:
        misc.append(f"Actor={','.join(actors)}")
    if isinstance(row.ent, str):
        misc.append(f"NER={row.ent}")
    if later == row.end:
        misc.append("SpaceAfter=No")
    misc += [f"end_char={row.end}", f"start_char={row.start}"]
    fields = [
        str(row.token_id),
        in_field(row.token),
        in_field(row.lemma),
        row.pos,
        row.tag,
        "_",
        str(row.head),
        "root" if row.head == 0 else in_field(row.dep),
        "_",
        "|".join(misc),
    ]
    return [field or "_" for field in fields]


def in_field(text):
    """A text that no tab, line end or space breaks out of its field."""
    return re.sub(r"\s+", "_", str(text)) or "_"
