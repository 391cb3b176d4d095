"""What was found in an article in the formats of others: W3C Web Annotations for annotation tools, CoNLL-U for corpus linguistics."""

import hashlib
import json
import re
import uuid
from pathlib import Path

from .. import schema

# How much of the text before and after a span helps to find it again.
AROUND = 32
RELATIONS_NOTE = (
    "# relations = ClearNLP labels of spaCy's English models, not Universal Dependencies"
)


def write_annotations(articles, path, mentions=None, quotes=None, speech=None, dates=None):
    """Write mentions (or a stance table), quotations and dates as W3C Web Annotations (JSON-LD), one collection of all articles.

    Each has a stable id, a position in Unicode code points and the quoted text with what stands around it, so that it is
    found again even if the text changes (Sanderson, R., Ciccarese, P. & Young, B. 2017: Web Annotation Data Model. W3C).
    """
    items = []
    for article in schema.check(articles, "articles").itertuples():
        digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
        source = article.url if isinstance(article.url, str) else f"urn:sha256:{digest}"
        for kind, spans, bodies in find_annotated(article.doc_id, mentions, quotes, speech, dates):
            name = f"{digest} {kind} {spans} {json.dumps(bodies, sort_keys=True)}"
            targets = [
                {"source": source, "selector": selectors(article.text, *span)} for span in spans
            ]
            items.append(
                {
                    "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name.encode('utf-8', 'replace').decode())}",
                    "type": "Annotation",
                    "motivation": "identifying" if kind == "mention" else "tagging",
                    "body": bodies,
                    "target": targets if len(targets) > 1 else targets[0],
                }
            )
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": "Found by the media analysis workbook",
    }
    collection |= {"total": len(items), "first": page}
    Path(path).write_bytes(
        (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    )


def find_annotated(doc_id, mentions, quotes, speech, dates):
    """(kind, spans, bodies) of everything found in an article."""
    found = []
    if mentions is not None:
        for row in mentions[mentions["doc_id"] == doc_id].itertuples():
            tone = getattr(row, "label", None)
            tags = {
                "actor": row.actor,
                "type": row.actor_type,
                "kind": row.kind,
                "tone": tone,
                "speaker": getattr(row, "speaker", None),
            }
            found.append(
                (
                    "mention",
                    [(row.start, row.end)],
                    describe_bodies({"what": "mention", **tags}, row.rule),
                )
            )
    if quotes is not None:
        its = schema.check(speech, "speech")
        its = its[its["doc_id"] == doc_id]
        spans = its.groupby("quote_id")[["start", "end"]].apply(
            lambda rows: list(map(tuple, rows.to_numpy().tolist()))
        )
        for row in quotes[quotes["doc_id"] == doc_id].itertuples():
            tags = {
                "what": "quotation",
                "type": row.quote_type,
                "speaker": row.speaker,
                "cue": row.cue,
                "status": row.status,
            }
            found.append(("quotation", spans[row.quote_id], describe_bodies(tags, row.rule)))
    if dates is not None:
        found += [
            ("date", [(row.start, row.end)], describe_bodies({"what": "date"}, row.rule))
            for row in dates[dates["doc_id"] == doc_id].itertuples()
        ]
    return [one for one in found if one[1]]


def describe_bodies(tags, rule):
    """The bodies of an annotation: a tag each, and in plain words why."""
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}: {value}"}
        for name, value in tags.items()
        if isinstance(value, str) and value
    ]
    why = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": rule,
    }
    return bodies + [why] * isinstance(rule, str)


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
    """Write the parse as CoNLL-U, with offsets, entities and, on the first token of a mention, the actor in MISC.

    In MISC, as CoNLL-U has it, neither white space nor a bar may stand: in actors' names they are written _ and /.
    """
    actors = {}
    if mentions is not None:
        for row in mentions.dropna(subset=["actor"]).itertuples():
            actors.setdefault((row.doc_id, row.start), []).append(
                in_field(row.actor).replace("|", "/").replace(",", "_")
            )
    texts = schema.check(articles, "articles").set_index("doc_id")["text"]
    lines, place = [], (None, None)
    for (doc_id, sentence_id), rows in schema.check(tokens, "tokens").groupby(
        ["doc_id", "sentence_id"], sort=False
    ):
        paragraph = rows["paragraph_id"].iat[0]
        lines += [f"# newdoc id = {doc_id}", RELATIONS_NOTE] * (doc_id != place[0])
        lines += [f"# newpar id = {doc_id}-p{paragraph}"] * ((doc_id, paragraph) != place)
        place = (doc_id, paragraph)
        text = texts[doc_id][rows["start"].iat[0] : rows["end"].iat[-1]]
        lines += [f"# sent_id = {doc_id}-s{sentence_id}", f"# text = {' '.join(text.split())}"]
        following = [*rows["start"].tolist()[1:], None]
        for row, later in zip(rows.itertuples(), following, strict=True):
            lines.append("\t".join(token_fields(row, later, actors.get((doc_id, row.start), ()))))
        lines.append("")
    Path(path).write_bytes(("\n".join(lines) + "\n" * bool(lines)).encode("utf-8", "replace"))


def token_fields(row, later, actors):
    """The ten fields of a token."""
    misc = [f"Actor={','.join(actors)}"] * bool(actors) + [f"NER={row.ent}"] * isinstance(
        row.ent, str
    )
    misc += ["SpaceAfter=No"] * (later == row.end) + [
        f"end_char={row.end}",
        f"start_char={row.start}",
    ]
    relation = "root" if row.head == 0 else in_field(row.dep)
    fields = [
        str(row.token_id),
        in_field(row.token),
        in_field(row.lemma),
        row.pos,
        row.tag,
        "_",
        str(row.head),
        relation,
        "_",
        "|".join(misc),
    ]
    return [field or "_" for field in fields]


def in_field(text):
    """A text that no tab, line end or space breaks out of its field."""
    return re.sub(r"\s+", "_", str(text)) or "_"
