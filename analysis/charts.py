"""Tables into Altair charts that show anywhere without network: interactive where scripts run, a picture elsewhere."""

import base64
import hashlib
import html
import json

import altair as alt
import pandas as pd
import vl_convert
from IPython.display import HTML

from . import schema
from .errors import SchemaError
from .text import join_names
from .tone import label

# Okabe & Ito's palette: told apart with any colour vision, and by lightness in print.
BLUE, ORANGE, GREEN, VERMILION, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#8A8A8A"
TYPE_COLOURS = {"state": BLUE, "person": ORANGE, "organisation": GREEN, "place": GREY}
TONE_COLOURS = {"negative": VERMILION, "neutral": GREY, "positive": BLUE}
POS_NAMES = {"PROPN": "name", "ADJ": "adjective", "ADV": "adverb", "NUM": "number", "ADP": "preposition", "DET": "determiner", "PRON": "pronoun"}
WIDTH = 560
# More bars than this no screen can tell apart.
MOST_BARS = 300
# Liberation Sans is in vl-convert, so pictures come out alike on every machine; the rest is for browsers.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# What a reader may do with a chart: save it. The online editor would need the network.
EMBED = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}}

LOADER = """<script>
if (!window.vegaEmbed) {{ (function () {{ {bundle} }})(); }}
window.dispatchEvent(new Event("workbook-vega"));
</script><style>
figure.chart {{ margin: 0.5em 0; }}
figure.chart img, figure.chart svg.marks {{ max-width: 100%; height: auto; }}
</style>"""

FIGURE = """<figure class="chart" data-chart="{key}">
<img src="data:image/svg+xml;base64,{picture}" alt="{alt}">
</figure>
<script>
(function () {{
  const spec = {spec}, options = {options};
  const own = document.currentScript && document.currentScript.previousElementSibling;
  function draw() {{
    const open = 'figure[data-chart="{key}"]:not([data-drawn])';
    const places = own && own.matches(open) ? [own] : document.querySelectorAll(open);
    places.forEach(function (place) {{
      place.dataset.drawn = "yes";
      const canvas = document.createElement("div");
      window.vegaEmbed(canvas, spec, options).then(function () {{ place.replaceChildren(canvas); }}).catch(console.error);
    }});
  }}
  if (window.vegaEmbed) draw(); else window.addEventListener("workbook-vega", draw, {{ once: true }});
}})();
</script>"""


def enable_charts():
    """Make charts show without network in this notebook, and put Vega into the page once. Call it in the setup cell.

    It must be the last line of its cell, so that the page gets what it returns. Without it charts appear as pictures.
    """
    use_workbook_look()
    bundle = vl_convert.javascript_bundle().replace("</script", "<\\/script")
    return HTML(LOADER.format(bundle=bundle))


def use_workbook_look():
    """Choose the workbook's renderer and theme for Altair, unless the user has chosen others."""
    if alt.renderers.active == "default":
        alt.renderers.enable("workbook")
    if alt.theme.active == "default":
        alt.theme.enable("workbook")


def render(spec, **_):
    """One chart as a mime bundle: a picture with alt text, which a script replaces by the interactive chart."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    picture = base64.b64encode(vl_convert.vegalite_to_svg(spec).encode()).decode()
    description = spec.get("description", "chart")
    figure = FIGURE.format(
        key=hashlib.sha256(text.encode()).hexdigest()[:12],
        picture=picture,
        alt=html.escape(description),
        spec=text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        options=json.dumps(EMBED),
    )
    return {"text/html": figure, "text/plain": description}


@alt.theme.register("workbook", enable=False)
def theme():
    """Type, spacing and colours of every chart."""
    return alt.theme.ThemeConfig(
        config={
            "font": FONT,
            "background": "white",
            "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "stroke": None},
            "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 12, "subtitleColor": "#555", "offset": 12, "frame": "bounds"},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "grid": False, "labelLimit": 220},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "orient": "top"},
        }
    )


alt.renderers.register("workbook", render)


def finish(chart, finding, source):
    """The chart with its finding as title and alt text, and what it was made from below the title."""
    use_workbook_look()
    return chart.properties(title=alt.Title(finding, subtitle=source), description=f"{finding}. {source}")


def draw_words(words, top=20):
    """Draw the most frequent words of a words table as bars, `top` of them."""
    shown = schema.check(words, "words").head(top)
    if shown.empty:
        return draw_nothing("No words to count")
    first = words[words["n"] == words["n"].max()]
    kinds = words["pos"].unique()
    kind = POS_NAMES.get(kinds[0], kinds[0].lower()) if len(kinds) == 1 else "word"
    most = f"the most frequent {kind}{'s' * (len(first) > 1)}: {'each ' * (len(first) > 1)}{times(first['n'].iat[0])}"
    finding = f"{join_names(('“' + first['lemma'] + '”').tolist())} {most}, {first['per_1000_words'].iat[0]:.1f} in 1,000 words"
    shown = shown.assign(word=shown["lemma"] + " (" + shown["pos"].map(POS_NAMES).fillna(shown["pos"].str.lower()) + ")")
    base = alt.Chart(shown).encode(
        x=alt.X("n:Q", title="number of times", axis=whole_numbers(shown["n"])),
        y=alt.Y("word:N", title=None, sort=None),
        tooltip=["word", "n", alt.Tooltip("per_1000_words", format=".1f", title="per 1,000 words")],
    )
    return finish(
        base.mark_bar(color=BLUE) + numbers(base), finding, f"The {len(shown)} most frequent of {len(words)} different {kind}s; dictionary forms"
    )


def draw_tone(sentiment):
    """Draw the tone of an article's sentences, one bar a sentence in the order of the text, from a sentiment table."""
    schema.check(sentiment, "sentiment")
    if sentiment["doc_id"].nunique() > 1:
        raise SchemaError(
            f"this draws one article, and the table holds {sentiment['doc_id'].nunique()}. Save the one you mean as a file of its own; "
            "or, in a notebook, choose it: sentiment[sentiment['doc_id'] == '…']."
        )
    if sentiment.empty:
        return draw_nothing("No sentences to score")
    counts = sentiment["label"].value_counts()
    lowest = sentiment.loc[sentiment["compound"].idxmin()]
    finding = f"{counts.get('negative', 0)} of {len(sentiment)} sentences are worded negatively, {counts.get('positive', 0)} positively"
    together = -(-len(sentiment) // MOST_BARS)
    shown = sentiment if together == 1 else mean_of_runs(sentiment, together)
    chart = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("sentence_id:O", title="sentence, in the order of the text", axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            y=alt.Y("compound:Q", title="VADER compound score", scale=alt.Scale(domain=[-1, 1])),
            color=colours("label", TONE_COLOURS, "wording"),
            tooltip=["sentence_id", "paragraph_id", alt.Tooltip("compound", format=".2f"), "text"],
        )
    )
    note = f"each bar is the mean of {together} sentences; " if together > 1 else ""
    return finish(
        chart, finding, f"Scores of the wording, not of anybody's opinion; {note}lowest: sentence {lowest['sentence_id']} ({lowest['compound']:.2f})"
    )


def mean_of_runs(sentiment, length):
    """The sentiment table with each run of `length` sentences as one row, under the number of its first sentence."""
    run = (sentiment["sentence_id"] - 1) // length
    rows = sentiment.groupby(run).agg(
        sentence_id=("sentence_id", "first"), paragraph_id=("paragraph_id", "first"), compound=("compound", "mean"), text=("text", "first")
    )
    return rows.assign(label=rows["compound"].map(label))


def draw_tone_words(counts, top=10):
    """Draw the words that brought most to the scores, `top` of each sign, from a table of `count_tone_words`."""
    schema.check(counts, "tone_word_counts")
    if counts.empty:
        return draw_nothing("No word in the text is in the lexicon")
    negative, positive = counts[counts["score"] < 0].head(top), counts[counts["score"] > 0].tail(top)
    shown = pd.concat([negative, positive]).assign(label=["negative"] * len(negative) + ["positive"] * len(positive))
    heaviest = shown.loc[shown["score"].abs().idxmax()]
    finding = f"“{heaviest['word']}” weighs most in the scores: {heaviest['score']:+.1f}, {times(heaviest['n'])}"
    chart = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("score:Q", title="sum of what the word added to its sentences"),
            y=alt.Y("word:N", title=None, sort=None),
            color=colours("label", TONE_COLOURS, "wording", shown["label"]),
            tooltip=["word", "n", alt.Tooltip("score", format=".1f")],
        )
    )
    return finish(chart, finding, f"The {len(shown)} heaviest of {len(counts)} words; values of VADER's lexicon after its rules")


def draw_actors(actors, top=15):
    """Draw how often each actor is named as bars, `top` of them, from a table of `count_actors`."""
    shown = schema.check(actors, "actors").head(top)
    if shown.empty:
        return draw_nothing("Nobody is named")
    total = int(actors["n"].sum())
    most = actors[actors["n"] == actors["n"].max()]["actor"].tolist()
    finding = f"{join_names(most)} named most often: {'each ' * (len(most) > 1)}{shown['n'].max()} of {total} mentions by name"
    base = alt.Chart(shown).encode(
        x=alt.X("n:Q", title="mentions by name", axis=whole_numbers(shown["n"])),
        y=alt.Y("actor:N", title=None, sort=None),
        tooltip=[
            "actor",
            alt.Tooltip("actor_type", title="kind"),
            "n",
            alt.Tooltip("share", format=".0%"),
            alt.Tooltip("per_1000_words", format=".1f"),
        ],
    )
    bars = base.mark_bar().encode(color=colours("actor_type", TYPE_COLOURS, "kind of actor", shown["actor_type"]))
    return finish(bars + numbers(base), finding, f"{len(shown)} of {len(actors)} actors; names only, no pronouns, no nationality words")


def draw_actors_by_paragraph(counts, paragraphs, top=12):
    """Draw who is named in which paragraph, from `count_actors(..., by="paragraph_id")`; `paragraphs` is how many there are."""
    schema.check(counts, "actors")
    if "paragraph_id" not in counts:
        raise SchemaError('no column `paragraph_id`. Count with count_actors(mentions, tokens, by="paragraph_id").')
    if counts.empty:
        return draw_nothing("Nobody is named")
    totals = (
        counts.groupby("actor").agg(n=("n", "sum"), where=("paragraph_id", "nunique")).sort_values(["n", "where"], ascending=False, kind="stable")
    )
    shown = counts[counts["actor"].isin(totals.index[:top])]
    widest = totals.index[totals["where"] == totals["where"].max()].tolist()
    finding = f"{join_names(widest)} named in {totals['where'].max()} of {paragraphs} paragraphs, more than anybody else"
    if len(widest) > 3:
        finding = f"Nobody is named in more than {totals['where'].max()} of {paragraphs} paragraphs"
    order = totals.index[:top].tolist()
    chart = (
        alt.Chart(shown)
        .mark_circle(opacity=1)
        .encode(
            x=alt.X(
                "paragraph_id:O",
                title="paragraph",
                scale=alt.Scale(domain=list(range(1, paragraphs + 1))),
                axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=True),
            ),
            y=alt.Y("actor:N", title=None, sort=order),
            size=alt.Size(
                "n:Q",
                title="mentions",
                legend=alt.Legend(values=sorted({1, int(shown["n"].max())}), format="d"),
                scale=alt.Scale(domain=[0, int(shown["n"].max())], range=[0, 350]),
            ),
            color=colours("actor_type", TYPE_COLOURS, "kind of actor", shown["actor_type"]),
            tooltip=["actor", "paragraph_id", "n"],
        )
    )
    return finish(chart, finding, f"The {len(order)} most named of {len(totals)} actors; names only")


def colours(column, palette, title, present=None):
    """A colour channel with fixed colours, showing only what is present."""
    used = {key: colour for key, colour in palette.items() if present is None or key in set(present)}
    return alt.Color(f"{column}:N", title=title, scale=alt.Scale(domain=list(used), range=list(used.values())))


def whole_numbers(counts):
    """An axis for counts, with no half mentions on it."""
    return alt.Axis(tickCount=min(int(counts.max()), 10), format="d")


def numbers(bars):
    """The count at the end of each bar."""
    return bars.mark_text(align="left", dx=4, fontSize=12).encode(text="n:Q")


def times(n):
    """A count in words."""
    return "once" if n == 1 else "twice" if n == 2 else f"{n} times"


def draw_nothing(finding):
    """A chart that says that there is nothing to draw."""
    use_workbook_look()
    return alt.Chart(alt.Data(values=[{}])).mark_text(text=finding, fontSize=14).properties(height=40, description=finding)
