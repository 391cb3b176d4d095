"""The chart of when it happened: order of telling downwards, order of happening across."""

import math
from datetime import date
from itertools import pairwise

import altair as alt
import pandas as pd

from ... import schema
from ...find.quotes import JOURNALIST
from ...find.status import ALLEGED, PLANNED
from ...find.when.page import read_day
from ...measure.addresses import address_of
from ...measure.timeline import FEWEST_DATED, describe_timeline, select_dated
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, GREY, INK, ORANGE, PALE, PAPER, QUIET, YELLOW
from .parts import colours, times

TOLD_BY = {"the article tells it": BLUE, "somebody says it": ORANGE, "it is to come": YELLOW}
OUTLINES = dict(zip(TOLD_BY, ("circle", "square", "diamond"), strict=True))
MONTHS_WRITTEN = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
# In pixels: a lane, the room for time and for the words beside it, a bar, the gap before a date.
EVENT_LANE = 24
TIME_ROOM = 380
EVENT_ROOM = 300
EVENT_BAR = 8
DATE_GAP = 9
# Days up to which the axis is to scale; further apart, distances in time are shortened.
TO_SCALE = 31
EVENT_LETTERS = 46
MOST_EVENTS, MOST_TIMELINES = 40, 6
# Days between the first and the last of several articles up to which they share an axis.
ONE_STORY = 60
# Further to the right of the chart than this, a date stands left of its mark.
RIGHT_PART = 0.6
TITLE_OF_ARTICLE = 60


def draw_timeline(events, articles, *, top=MOST_EVENTS):
    """Draw when it happened, from `find_events(...)`: one lane an event, in the order of telling.

    From top to bottom as the article tells them, from left to right as they happened: a line that
    goes left goes back in time. A bar is a stretch of days, in which or through which it happened.
    Drawn is what `select_dated` selects. `top`: how many events of an article, the first told, 40
    by default; of more than 6 articles the first 6 are drawn.

    Distances in time are to scale within a month; over longer times they are shortened, so that
    days and years have room beside each other.
    """
    schema.check(events, "events")
    schema.check(articles, "articles")
    dated = select_dated(events)
    drawn = dated.groupby("doc_id", sort=False).head(top)
    shown = drawn["doc_id"].unique()[:MOST_TIMELINES].tolist()
    drawn = drawn[drawn["doc_id"].isin(shown)]
    if drawn.empty:
        return draw_nothing("No event has a date that could be tied to it")
    known = articles[articles["doc_id"].isin(shown)].set_index("doc_id")
    published = {doc_id: read_day(known["published"].get(doc_id)) for doc_id in shown}
    together = is_one_story(published.values())
    common = place_days(drawn, published.values())
    told = [told_by(row, published[row.doc_id]) for row in drawn.itertuples()]
    drawn = drawn.assign(told=told)
    parts = []
    for doc_id in shown:
        its = drawn[drawn["doc_id"] == doc_id]
        spots = common if together else place_days(its, [published[doc_id]])
        marks = place_events(its, spots, len(shown) > 1)
        chart = draw_one(marks, spots, published[doc_id], {*told})
        if len(shown) > 1:
            title = name_article(known, doc_id)
            chart = chart.properties(title=alt.Title(title, frame="group", fontSize=13, offset=18))
        parts.append(chart)
    chart = parts[0]
    if len(shown) > 1:
        chart = alt.vconcat(*parts).resolve_scale(color="shared", shape="shared")
    chosen = events[events["doc_id"].isin(shown)]
    source = describe_drawn(chosen, drawn, common, together)
    return finish_chart(chart, "timeline", describe_order(chosen), source)


def is_one_story(days):
    """Whether articles appeared so near to each other that one axis serves them all."""
    known = [day for day in days if day]
    return not known or (max(known) - min(known)).days <= ONE_STORY


def place_days(drawn, others):
    """{day: where on the axis}: to scale within a month, else shortened by logarithm."""
    days = map(date.fromisoformat, [*drawn["first"], *drawn["last"]])
    known = sorted({*days, *(day for day in others if day)})
    is_scaled = (known[-1] - known[0]).days <= TO_SCALE
    spots, at = {known[0]: 0.0}, 0.0
    for one, two in pairwise(known):
        gap = (two - one).days
        at += gap if is_scaled else 1 + math.log2(gap)
        spots[two] = at
    return spots


def place_events(its, spots, several):
    """The events with what their marks need: lane, left and right end, middle, colour, address."""
    firsts, lasts = its["first"].map(date.fromisoformat), its["last"].map(date.fromisoformat)
    left, right = firsts.map(spots), lasts.map(spots)
    paragraph = "¶" + its["paragraph_id"].astype("str")
    return pd.DataFrame(
        {
            "lane": paragraph + " " + its["event"].map(shorten_event),
            "order": its["order"],
            "event": its["event"],
            "left": left,
            "right": right,
            "middle": (left + right) / 2,
            "is_right": (left + right) / 2 > RIGHT_PART * max(spots.values()),
            "when": [write_stretch(one, two) for one, two in zip(firsts, lasts, strict=True)],
            "told": its["told"],
            "voice": its["voice"].fillna("not asked"),
            "rule": its["rule"],
            "href": [address_event(row, several) for row in its.itertuples()],
        }
    )


def shorten_event(event):
    """The words for an event, as long as a lane has room for."""
    return event if len(event) <= EVENT_LETTERS else f"{event[: EVENT_LETTERS - 1].rstrip()}…"


def told_by(row, published):
    """What the colour of a mark tells: whose word it is, or that it is to come."""
    is_own = pd.isna(row.voice) or row.voice == JOURNALIST
    if row.status == PLANNED or (published and date.fromisoformat(row.first) > published):
        return "it is to come"
    return "the article tells it" if is_own and row.status != ALLEGED else "somebody says it"


def address_event(row, several):
    """The address of an event: of one article its place in the telling is enough."""
    where = {"doc_id": row.doc_id} if several else {}
    return address_of("events", 1, **where, order=row.order, event=row.event)


def draw_one(marks, spots, published, present):
    """The timeline of one article; `present` is what colours tell in this chart."""
    reach = max(spots.values()) or 1.0
    across = {"scale": alt.Scale(domain=[-0.03 * reach, 1.03 * reach], nice=False, zero=False)}
    across |= {"axis": None, "title": None}
    x = alt.X("middle:Q", **across)
    order = marks["order"].tolist()
    axis = alt.Axis(labels=False, domain=False, ticks=False, grid=True, gridColor=PALE, title=None)
    y = alt.Y("order:O", scale=alt.Scale(domain=order), axis=axis)
    base = alt.Chart(marks).encode(y=y)
    way = base.mark_line(color=GREY, strokeWidth=1, strokeDash=[3, 2])
    events = base.mark_text(align="right", fontSize=12, limit=EVENT_ROOM)
    layers = [
        *draw_published(published, across, spots),
        way.encode(x=x, order="order:Q"),
        events.encode(x=alt.value(-8), text="lane:N", href="href:N"),
        *draw_times(base, across, present, marks["left"] < marks["right"]),
    ]
    layers += [
        *write_dates(base, across, is_right=False),
        *write_dates(base, across, is_right=True),
    ]
    return alt.layer(*layers).properties(width=TIME_ROOM, height=alt.Step(EVENT_LANE))


def write_dates(base, across, *, is_right):
    """The date beside each mark, on a ground of its own, so that no line runs through it."""
    dates = base.transform_filter(alt.datum.is_right == is_right)
    edge = "left:Q" if is_right else "right:Q"
    dates = dates.encode(x=alt.X(edge, **across), text="when:N")
    place = {"align": "right", "dx": -DATE_GAP} if is_right else {"align": "left", "dx": DATE_GAP}
    ground = dates.mark_text(**place, color=PAPER, stroke=PAPER, strokeWidth=4)
    return [ground, dates.mark_text(**place)]


def draw_times(base, across, present, lasting):
    """A point for each event of one day, a bar for each that is `lasting`: within or over several.

    A layer without marks would be an image without words.
    """
    used = [each for each in TOLD_BY if each in present]
    legend = alt.Legend(orient="bottom", title=None) if len(used) > 1 else None
    shapes = alt.Scale(domain=used, range=[OUTLINES[each] for each in used])
    color = colours("told", TOLD_BY, None, present=used).legend(legend)
    hints = [
        alt.Tooltip("event"),
        alt.Tooltip("when"),
        alt.Tooltip("told"),
        alt.Tooltip("voice", title="in whose words"),
        alt.Tooltip("order", title="place in the telling"),
        alt.Tooltip("rule", title="why this date"),
    ]
    marked = base.encode(color=color, tooltip=hints, href="href:N")
    bars = marked.transform_filter("datum.left < datum.right").mark_bar(
        height=EVENT_BAR, cornerRadius=EVENT_BAR / 2, stroke=INK, strokeWidth=0.5
    )
    points = marked.transform_filter("datum.left == datum.right").mark_point(
        filled=True, opacity=1, size=110, stroke=INK, strokeWidth=0.5
    )
    bars = bars.encode(x=alt.X("left:Q", **across), x2="right:Q")
    shape = alt.Shape("told:N", title=None, scale=shapes, legend=legend)
    points = points.encode(x=alt.X("middle:Q", **across), shape=shape)
    return [bars] * bool(lasting.any()) + [points] * bool((~lasting).any())


def draw_published(published, across, spots):
    """A line at the day of publication, where that is known."""
    if published not in spots:
        return []
    day = pd.DataFrame({"middle": [spots[published]], "said": ["published"]})
    base = alt.Chart(day).encode(x=alt.X("middle:Q", **across))
    words = base.mark_text(fontSize=11, color=QUIET).encode(y=alt.value(-8), text="said:N")
    return [base.mark_rule(color=QUIET, strokeWidth=1), words]


def write_stretch(first, last):
    """A stretch of days as people write it.

    >>> write_stretch(date(2021, 11, 16), date(2021, 11, 30))
    '16–30 Nov 2021'
    """
    month, year = MONTHS_WRITTEN[first.month - 1], first.year
    if first == last:
        return f"{first.day} {month} {year}"
    is_from_start = first.day == 1 and (last - first).days >= 27
    after = date.fromordinal(last.toordinal() + 1) if last < date.max else last
    whole_months = is_from_start and after.day == 1
    if whole_months and (first.month, last.month) == (1, 12):
        return f"{year}" if year == last.year else f"{year}–{last.year}"
    end = MONTHS_WRITTEN[last.month - 1]
    if whole_months and (year, month) == (last.year, end):
        return f"{month} {year}"
    if whole_months:
        return f"{month} {year} – {end} {last.year}"
    if (year, month) == (last.year, end):
        return f"{first.day}–{last.day} {month} {year}"
    begin = f"{first.day} {month}" if year == last.year else f"{first.day} {month} {year}"
    return f"{begin} – {last.day} {end} {last.year}"


def name_article(known, doc_id):
    """What stands above the timeline of one of several articles."""
    row = known.loc[doc_id] if doc_id in known.index else {}
    said = [row.get(column) for column in ("outlet", "published", "title")]
    name = ", ".join(str(each) for each in said if pd.notna(each)) or doc_id
    return name if len(name) <= TITLE_OF_ARTICLE else f"{name[: TITLE_OF_ARTICLE - 1]}…"


def describe_order(events):
    """How the telling goes through time."""
    described = describe_timeline(events)
    drawn = described[described["dated"] > 0]
    if len(drawn) > 1:
        late = int((drawn["first_told"] > 1).sum())
        begin = f"{late} of {len(drawn)} articles"
        return f"{begin}: the earliest of the dated events is not the one that is told first"
    row = drawn.iloc[0]
    if row["dated"] < FEWEST_DATED:
        return f"{row['dated']} of {how_many(row['n'], 'event')} could be dated"
    back, ahead = row["jumps_back"], row["jumps_ahead"]
    if not back:
        return f"Told as it happened: {row['dated']} dated events, and no step back in time"
    goes = f"goes back in time {times(back)} and ahead {times(ahead)}"
    if row["first_told"] == 1:
        return f"The telling begins with the earliest of {row['dated']} dated events, and {goes}"
    place = f"{row['first_told']} of {row['dated']} dated events"
    return f"The earliest event is told as number {place}; the telling {goes}"


def describe_drawn(events, drawn, spots, together):
    """What the chart has, and has not."""
    described = describe_timeline(events)
    n, dated = int(described["n"].sum()), int(described["dated"].sum())
    said = f"{dated} of {how_many(n, 'event')} have a date"
    if len(drawn) < dated:
        said += f"; the first {len(drawn)} are drawn"
    if len(described) == 1 and described["share"].notna().all():
        in_order, pairs = described["in_order"].iloc[0], described["pairs"].iloc[0]
        said += f"; of {pairs} pairs {in_order} are told in the order in which they happened"
    if not together:
        said += "; each article has its own axis"
    if (max(spots) - min(spots)).days > TO_SCALE:
        said += "; long times are drawn shorter"
    return f"{said}. Without what is denied or only possible, and without acts of speaking"
