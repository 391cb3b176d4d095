"""The whole way of articles, from their text to the page: every table, every chart, what is drawn.

For trials of strange articles (`benchmarks.fuzz`); what a report computes, and more.
"""

import re
from html import unescape

import analysis as wb
from analysis.measure.addresses import BEHIND, PREFIX
from analysis.show.figure import render_chart
from analysis.show.passages import collect_passages
from analysis.show.theme import read_style
from benchmarks.speed import choose_asked

# So many rows of a chart that none of some articles is left out.
ALL = 100
# Counted once more, by another column: the name in the page, the table it is one of.
COUNTED_BY = {"actors_by_kind": "actors", "stance_by_speaker": "stance_counts"}
MODEL, LEXICON = "model", "lexicon"


def find_tables(articles, method):
    """What is found in the articles: {name: table}, a row a span."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    missing = wb.find_missing_doers(articles, tokens, mentions, quotes, speech)
    stance = wb.score_stance(mentions, sentences, quotes, speech, method=method)
    told = articles, tokens, mentions, quotes, speech
    dates = wb.find_dates(articles, tokens, speech)
    return {
        "articles": articles,
        "boilerplate": wb.find_boilerplate(articles),
        "sentences": sentences,
        "tokens": tokens,
        "speech": speech,
        "mentions": mentions,
        "quotes": quotes,
        "dates": dates,
        "events": wb.find_events(articles, tokens, dates, mentions, quotes, speech),
        "hits": wb.find_words(articles, tokens, ["Iran", "the", "“", "U.S."]),
        "hearsay": wb.find_hearsay(tokens),
        "vouching": wb.find_vouching(quotes, tokens, mentions),
        "missing_doers": missing,
        "labels": wb.find_labels(articles, tokens, mentions, quotes, speech),
        "headline": wb.compare_headline(*told, missing, stance),
        "actions": wb.find_actions(mentions, tokens, quotes, speech),
        "stance": stance,
        "tone_words": wb.score_tone_words(sentences),
    }


def count_tables(found):
    """The counts: {name: table}."""
    sentences, tokens, speech = found["sentences"], found["tokens"], found["speech"]
    mentions, quotes, stance = found["mentions"], found["quotes"], found["stance"]
    choices = wb.compare_choices(mentions)
    return {
        "actors": wb.count_actors(mentions, tokens),
        "actors_by_kind": wb.count_actors(mentions, tokens, by="kind"),
        "prominence": wb.count_prominence(mentions, tokens),
        "roles": wb.count_roles(mentions),
        "comentions": wb.count_comentions(mentions),
        "choices": choices,
        "choices_described": wb.describe_choices(choices),
        "voices": wb.count_voices(quotes, speech, mentions),
        "voiced": wb.select_voiced(quotes, speech, sentences),
        "anonymous_quotes": wb.select_anonymous(quotes),
        "cues": wb.count_cues(quotes),
        "talk": wb.count_talk(quotes, speech, mentions),
        "stance_counts": wb.count_stance(stance),
        "stance_by_speaker": wb.count_stance(stance, by="speaker"),
        "methods": wb.compare_methods(stance, sentences, speech),
        "salience": wb.score_salience(mentions),
        "vouching_counts": wb.count_vouching(found["vouching"], speech, tokens),
        "missing_doer_counts": wb.count_missing_doers(found["missing_doers"]),
        "label_counts": wb.count_labels(found["labels"]),
        "timelines": wb.describe_timeline(found["events"]),
        "words": wb.count_words(tokens),
        "sentiment": wb.score_sentiment(sentences),
        "paragraph_sentiment": wb.score_sentiment(sentences, by="paragraph"),
        "tone_word_counts": wb.count_tone_words(found["tone_words"]),
        "left_out": wb.describe_left_out(
            found["articles"], mentions, stance, quotes, found["dates"]
        ),
        "source": wb.describe_source(found["articles"]),
        "corrections_made": wb.describe_corrections(found["articles"], tokens, speech),
    }


def score_words(found):
    """What is scored sentence by sentence of few mentions: the words behind their tone, swaps."""
    sentences, speech = found["sentences"], found["speech"]
    asked = choose_asked(found["stance"]).head(3)
    names = {"Iran": "Iran", "İran’s “<b>": "Iran"}
    swaps = wb.score_name_swaps(asked, sentences, "nationality", speech=speech, names=names)
    return {
        "stance_words": wb.score_stance_words(asked, sentences, speech),
        "name_swaps": swaps,
        "name_swap_counts": wb.count_name_swaps(swaps),
        "worst_swaps": wb.compare_name_swaps(swaps),
    }


def keep_article(found, doc_id):
    """The tables of one article."""
    kept = {}
    for name, table in found.items():
        kept[name] = table[table["doc_id"] == doc_id].reset_index(drop=True)
    return kept


def choose_article(found):
    """The tables of one of the articles: of that with most tokens."""
    longest = found["tokens"]["doc_id"].mode()
    doc_ids = longest if len(longest) else found["articles"]["doc_id"]
    return keep_article(found, doc_ids.iloc[0])


def draw_by_paragraph(found):
    """Who is mentioned in which paragraph of one article."""
    counts = wb.count_actors(found["mentions"], found["tokens"], by="paragraph_id")
    paragraphs = found["sentences"]["paragraph_id"].nunique()
    return wb.draw_actors_by_paragraph(counts, paragraphs, top=ALL)


# Every chart of one or more articles, of what was found (f) and counted (c).
CHARTS_OF_ALL = {
    "draw_actors": lambda f, c: wb.draw_actors(c["actors_by_kind"], top=ALL),
    "draw_roles": lambda f, c: wb.draw_roles(c["roles"], top=ALL),
    "draw_choices": lambda f, c: wb.draw_choices(c["choices"], top=ALL),
    "draw_voices": lambda f, c: wb.draw_voices(c["voices"], top=ALL),
    "draw_cues": lambda f, c: wb.draw_cues(c["cues"], top=ALL),
    "draw_talk": lambda f, c: wb.draw_talk(c["talk"], top=ALL),
    "draw_comentions": lambda f, c: wb.draw_comentions(c["comentions"], top=ALL),
    "draw_stance": lambda f, c: wb.draw_stance(c["stance_counts"], top=ALL),
    "draw_stance_matrix": lambda f, c: wb.draw_stance_matrix(c["stance_by_speaker"], top=ALL),
    "draw_words": lambda f, c: wb.draw_words(c["words"], top=ALL),
    "draw_tone_words": lambda f, c: wb.draw_tone_words(c["tone_word_counts"], top=ALL),
    "draw_vouching": lambda f, c: wb.draw_vouching(c["vouching_counts"]),
    "draw_missing_doers": lambda f, c: wb.draw_missing_doers(c["missing_doer_counts"], top=ALL),
    "draw_labels": lambda f, c: wb.draw_labels(f["labels"], top=ALL),
    "draw_timeline": lambda f, c: wb.draw_timeline(f["events"], f["articles"], top=ALL),
    "draw_name_swaps": lambda f, c: wb.draw_name_swaps(c["name_swap_counts"]),
}
# Those of one article, of what was found in it.
CHARTS_OF_ONE = {
    "draw_stance_along": lambda f: wb.draw_stance_along(f["stance"], top=ALL),
    "draw_dispersion": lambda f: wb.draw_dispersion(f["mentions"], f["tokens"], top=ALL),
    "draw_actors_by_paragraph": draw_by_paragraph,
    "draw_tone": lambda f: wb.draw_tone(wb.score_sentiment(f["sentences"])),
}
CHARTS = (*CHARTS_OF_ALL, *CHARTS_OF_ONE)


def draw_chart(name, found, counted):
    """A chart: its specification, and as it stands in a page (a picture is in it)."""
    if name in CHARTS_OF_ONE:
        chart = CHARTS_OF_ONE[name](choose_article(found))
    else:
        chart = CHARTS_OF_ALL[name](found, counted)
    spec = chart.to_dict()
    return spec, render_chart(spec)["text/html"]


def draw_view(found):
    """The reading view."""
    names = ("articles", "sentences", "tokens", "stance", "quotes", "speech", "dates")
    return wb.draw_article(*(found[name] for name in names), **others_found(found))


def draw_tables(found, counted):
    """All else that a page has of the articles: notes, counts, lists of passages."""
    sentences, stance = found["sentences"], found["stance"]
    tokens, mentions = found["tokens"], found["mentions"]
    notes = [
        wb.describe_article(sentences, tokens, mentions, counted["sentiment"], links=True),
        wb.describe_findings(
            tokens, mentions, counted["voices"], found["actions"], stance, links=True
        ),
    ]
    drawn = [wb.draw_note(note) for note in notes]
    for name, table in counted.items():
        name = COUNTED_BY.get(name, name)
        drawn.append(wb.draw_counts(table, name) if name in BEHIND else wb.draw_table(table))
    drawn += [wb.draw_table(found[name]) for name in ("articles", "quotes", "actions")]
    drawn.append(wb.draw_passages(stance, sentences))
    chosen = wb.select_counted(found["mentions"])
    drawn.append(wb.draw_rows(counted["actors"], chosen, sentences))
    for _, row in counted["actors"].head(2).iterrows():
        drawn.append(wb.show_passages(row, chosen, sentences))
    if "stance_words" in counted:
        drawn.append(wb.draw_stance_words(counted["stance_words"], stance, sentences))
    return drawn


def collect_found(found):
    """The passages that numbers lead to: {kind of passage: table}."""
    names = ("sentences", "tokens", "stance", "quotes", "speech", "dates")
    return collect_passages(*(found[name] for name in names), **others_found(found))


def others_found(found):
    """What numbers on how the story is told lead to, by the parameter that takes it."""
    others = {name: found[name] for name in ("vouching", "labels", "events")}
    return {**others, "missing": found["missing_doers"]}


def without_style(output):
    """The HTML of what was drawn, without its style."""
    return output.data.removeprefix(f"<style>{read_style()}</style>")


def write_page(outputs, charts):
    """A page of what was drawn, without its style: the HTML as a browser reads it."""
    body = "\n".join([*map(without_style, outputs), *charts])
    return f'<!doctype html><html lang="en"><head><title>a</title></head><body>{body}</body></html>'


def list_addresses(outputs, specs):
    """Every address of passages in what was drawn and in charts, each once."""
    addresses = []
    for output in outputs:
        addresses += map(unescape, re.findall(rf'href="({PREFIX}[^"]+)"', output.data))
    for spec in specs:
        for rows in spec.get("datasets", {}).values():
            addresses += [row["href"] for row in rows if row.get("href")]
    return [address for address in dict.fromkeys(addresses) if address.startswith(PREFIX)]
