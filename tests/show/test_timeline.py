"""The chart of when it happened."""

from datetime import date

import pandas as pd
import pytest
import vl_convert

import analysis as wb
from analysis.errors import SchemaError
from analysis.show.charts.timeline import is_one_story, place_days, write_stretch

ARTICLE = {"doc_id": "a", "published": "2020-01-08", "title": "A raid", "outlet": "Daily"}


def happened(*rows, doc_id="a"):
    """Events of one article: (first day, last day, status, voice) each, in the order of telling."""
    made = []
    for order, (first, last, status, voice) in enumerate(rows, start=1):
        row = {"doc_id": doc_id, "sentence_id": order, "paragraph_id": order, "start": order}
        row |= {"end": order + 1, "text": "x", "order": order, "kind": "event"}
        row |= {"event": f"somebody did {order}", "lemma": "x", "date": first, "first": first}
        made.append(
            row | {"last": last, "status": status, "voice": voice, "code": "own", "rule": "r"}
        )
    return wb.schema.table(made, "events")


def on(day, status="asserted", voice="journalist"):
    return day, day, status, voice


def articles(**changed):
    return wb.schema.table(
        [dict.fromkeys(wb.schema.columns("articles"), 0) | ARTICLE | {"text": "x"} | changed],
        "articles",
    )


def say(chart):
    """(title, subtitle) of a chart, each on one line."""
    said = chart.to_dict()["title"]
    lines = (said[part] for part in ("text", "subtitle"))
    return [" ".join(part) if isinstance(part, list) else part for part in lines]


def marks(chart):
    """The events drawn, in the order of the telling."""
    rows = [row for data in chart.to_dict()["datasets"].values() for row in data]
    found = {row["order"]: row for row in rows if "order" in row}
    return [found[order] for order in sorted(found)]


FIVE = [on(f"2020-01-0{day}") for day in (3, 1, 2, 4, 5)]


def test_the_title_says_how_the_telling_goes_through_time():
    assert say(wb.draw_timeline(happened(*FIVE), articles()))[0] == (
        "The earliest event is told as number 2 of 5 dated events; "
        "the telling goes back in time once and ahead 3 times"
    )
    chronicle = [on(f"2020-01-0{day}") for day in range(1, 6)]
    told = "Told as it happened: 5 dated events, and no step back in time"
    assert say(wb.draw_timeline(happened(*chronicle), articles()))[0] == told
    few = happened(on("2020-01-03"), on("2020-01-01"), on(None))
    assert say(wb.draw_timeline(few, articles()))[0] == "2 of 3 events could be dated"


def test_the_subtitle_says_what_is_drawn_and_what_is_not():
    said = say(wb.draw_timeline(happened(*FIVE, on(None)), articles()))[1]
    assert said == (
        "5 of 6 events have a date; of 10 pairs 8 are told in the order in which they happened. "
        "Without what is denied or only possible, and without acts of speaking"
    )
    far = happened(*FIVE, on("2010-01-01"))
    assert "; long times are drawn shorter" in say(wb.draw_timeline(far, articles()))[1]
    assert "the first 2 are drawn" in say(wb.draw_timeline(far, articles(), top=2))[1]


def test_a_mark_tells_whose_word_it_is_and_leads_to_its_event():
    chart = wb.draw_timeline(
        happened(
            on("2020-01-03"),
            on("2020-01-03", voice="Iran"),
            on("2020-01-03", "alleged"),
            on("2020-01-03", "planned"),
            on("2020-01-09"),
        ),
        articles(),
    )
    assert [row["told"] for row in marks(chart)] == [
        "the article tells it",
        "somebody says it",
        "somebody says it",
        "it is to come",
        "it is to come",
    ]
    assert marks(chart)[1]["href"] == "#find/events?order=2&event=somebody%20did%202&n=1"
    assert marks(chart)[1]["lane"] == "¶2 somebody did 2"


def test_days_stand_apart_to_scale_within_a_month_and_shortened_beyond():
    near = place_days(happened(on("2020-01-01"), on("2020-01-11")), [date(2020, 1, 31)])
    assert list(near.values()) == [0, 10, 30]
    far = place_days(happened(on("2000-01-01"), on("2020-01-01")), [date(2020, 1, 2), None])
    first, second, third = far.values()
    assert second - first < 20 * (third - second)


STRETCHES = {
    ("2020-01-03", "2020-01-03"): "3 Jan 2020",
    ("2020-01-03", "2020-01-05"): "3–5 Jan 2020",
    ("2020-02-01", "2020-02-29"): "Feb 2020",
    ("2020-01-01", "2020-12-31"): "2020",
    ("2008-01-01", "2012-12-31"): "2008–2012",
    ("2020-01-01", "2020-03-31"): "Jan 2020 – Mar 2020",
    ("2020-01-01", "2020-02-05"): "1 Jan – 5 Feb 2020",
    ("2019-12-30", "2020-01-05"): "30 Dec 2019 – 5 Jan 2020",
}


@pytest.mark.parametrize("days", STRETCHES)
def test_a_stretch_is_written_as_people_write_it(days):
    assert write_stretch(*map(date.fromisoformat, days)) == STRETCHES[days]


def test_several_articles_stand_below_each_other():
    table = wb.read_texts(["x", "y"]).assign(published=["2020-01-08", "2020-01-09"])
    table["doc_id"] = ["a", "b"]
    events = happened(*FIVE)
    events = wb.schema.typed(pd.concat([events, happened(*FIVE, doc_id="b")]), "events")
    chart = wb.draw_timeline(events, table)
    spec = chart.to_dict()
    assert len(spec["vconcat"]) == 2
    assert say(chart)[0].startswith("2 of 2 articles: the earliest of the dated events is not")
    assert "doc_id=b" in str(spec["datasets"])
    vl_convert.vegalite_to_svg(spec)
    assert is_one_story([date(2020, 1, 8), None, date(2020, 1, 9)])
    assert not is_one_story([date(2020, 1, 8), date(2021, 1, 9)])


def test_an_article_without_a_known_day_has_no_line_of_publication():
    known = wb.draw_timeline(happened(*FIVE), articles()).to_dict()
    unknown = wb.draw_timeline(happened(*FIVE), articles(published=None)).to_dict()
    assert "published" in str(known["datasets"])
    assert "published" not in str(unknown["datasets"])
    vl_convert.vegalite_to_svg(unknown)


def test_of_nothing_the_chart_says_so_and_of_a_wrong_table_what_to_do():
    said = wb.draw_timeline(happened(on(None)), articles()).to_dict()["description"]
    assert said == "No event has a date that could be tied to it"
    with pytest.raises(SchemaError, match="find_events"):
        wb.draw_timeline(articles(), articles())
