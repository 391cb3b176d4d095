"""Expressions of time: text (with the day it appeared) => text:kind:value of each."""

import csv

import pytest

import analysis as wb
from analysis.lexicons import resource

# A Tuesday.
TUESDAY = "2020-01-07"


def find(text, published=TUESDAY):
    articles = wb.read_texts(text)
    articles["published"] = published
    dates = wb.find_dates(articles, wb.split_tokens(articles))
    text = articles.loc[0, "text"]
    assert all(text[row.start : row.end] == row.text for row in dates.itertuples())
    assert (dates["end"].iloc[:-1].to_numpy() <= dates["start"].iloc[1:].to_numpy()).all()
    return dates


def spell(dates):
    told = dates[["text", "kind", "value"]].fillna("open").to_numpy().tolist()
    return "; ".join(map(":".join, told))


CALENDAR = {
    "He was killed on Jan. 3, 2020.": "Jan. 3, 2020:day:2020-01-03",
    "MADRID, JAN. 27, 2017 – Rain fell.": "JAN. 27, 2017:day:2017-01-27",
    "He came on Friday, January 3.": "Friday, January 3:day:2020-01-03",
    "She arrived on 3 January.": "3 January:day:2020-01-03",
    "She arrived on the 3rd of December.": "the 3rd of December:day:2019-12-03",
    "The trial will begin on March 5.": "March 5:day:2020-03-05",
    "The vote is to be held on November 20.": "November 20:day:2020-11-20",
    "She arrived on 2017-07-21.": "2017-07-21:day:2017-07-21",
    "She arrived on 21/07/2017.": "21/07/2017:day:2017-07-21",
    "She arrived on 04/03/2017.": "04/03/2017:day:open",
    "From 04/03/2017 on, and on 21/07/2017.": (
        "04/03/2017:day:2017-03-04; 21/07/2017:day:2017-07-21"
    ),
    "The attacks of 9/11 changed it.": "9/11:day:2001-09-11",
    "It rained between 1 and 30 March 2017.": (
        "between 1 and 30 March 2017:range:2017-03-01/2017-03-30"
    ),
    "It rained on 5–6 September 2019.": "5–6 September 2019:range:2019-09-05/2019-09-06",
    "It lasted from Dec. 28 to Jan. 3, 2018.": (
        "Dec. 28:day:2017-12-28; Jan. 3, 2018:day:2018-01-03"
    ),
    "Pat (August 2, 1754 – June 14, 1825) drew.": (
        "August 2, 1754:day:1754-08-02; June 14, 1825:day:1825-06-14"
    ),
    "It was built in the mid-1980s.": "the mid-1980s:range:1983-05-01/1986-08-31",
    "She was mayor 2008–2011.": "2008–2011:range:2008-01-01/2011-12-31",
    "She was mayor from 2004 to 2009.": "2004:year:2004; 2009:year:2009",
    "They met in June.": "June:month:2019-06",
    "They met in June 2003, and again in July.": "June 2003:month:2003-06; July:month:2003-07",
    "They met in late November.": "late November:range:2019-11-16/2019-11-30",
    "It was built in the 1990s.": "the 1990s:decade:1990-01-01/1999-12-31",
    "It was built in the early 1980s.": "the early 1980s:range:1980-01-01/1984-12-31",
    "It was built in the 19th century.": "the 19th century:century:1800-01-01/1899-12-31",
    "It grew in the third quarter of 2019.": (
        "the third quarter of 2019:quarter:2019-07-01/2019-09-30"
    ),
    "It was built in the summer of 2010.": "the summer of 2010:season:2010-06-01/2010-08-31",
    "The 2015 deal holds.": "2015:year:2015",
    "The deal ends at the end of 2021.": "the end of 2021:day:2021-12-31",
}
COUNTED = {
    "They met on Saturday.": "Saturday:day:2020-01-04",
    "They will meet on Saturday.": "Saturday:day:2020-01-11",
    "The vote is scheduled for Saturday.": "Saturday:day:2020-01-11",
    "She resigned Tuesday.": "Tuesday:day:2020-01-07",
    "She spoke Monday morning.": "Monday morning:day:2020-01-06",
    "She told CNN Friday that it rained.": "Friday:day:2020-01-03",
    "They met last Tuesday.": "last Tuesday:day:2019-12-31",
    "They met last week.": "last week:week:2019-12-30/2020-01-05",
    "They will meet next month.": "next month:month:2020-02",
    "It fell this year.": "this year:year:2020",
    "They met last summer.": "last summer:season:2019-06-01/2019-08-31",
    "They met two years ago.": "two years ago:year:2018",
    "They met three days ago.": "three days ago:day:2020-01-04",
    "They met several years ago.": "several years ago:range:../2020-01-07",
    "It fell in the past 30 days.": "the past 30 days:range:2019-12-08/2020-01-07",
    "They will meet this weekend.": "this weekend:weekend:2020-01-11/2020-01-12",
    "They met this weekend.": "this weekend:weekend:2020-01-04/2020-01-05",
    "They met yesterday.": "yesterday:day:2020-01-06",
    "They met on Christmas Eve.": "Christmas Eve:day:2019-12-24",
    "They met on Thanksgiving.": "Thanksgiving:day:2019-11-28",
    "They met on Good Friday 2018.": "Good Friday 2018:day:2018-03-30",
    "They met during Ramadan.": "Ramadan:day:open",
    "They met on Jan. 3, 2018. A week later, he died.": (
        "Jan. 3, 2018:day:2018-01-03; A week later:day:2018-01-10"
    ),
    "They met on Jan. 3, 2018. The next day, he died.": (
        "Jan. 3, 2018:day:2018-01-03; The next day:day:2018-01-04"
    ),
    "They met in June 2003. That same year, he died.": (
        "June 2003:month:2003-06; That same year:year:2003"
    ),
    "She spoke yesterday morning.": "yesterday morning:day:2020-01-06",
    "On Thursday she vowed to win.": "Thursday:day:2020-01-02",
    "It comes one week after he threatened them.": "one week after:duration:P1W",
}
LASTING = {
    "It was a three-day visit.": "three-day:duration:P3D",
    "The deal runs for two years.": "two years:duration:P2Y",
    "He waited for months.": "months:duration:PXM",
    "He waited for 48 hours.": "48 hours:duration:PT48H",
    "They meet every Monday.": "every Monday:set:XXXX-WXX-1",
    "They meet twice a week.": "a week:set:P1W",
    "It is an annual meeting.": "annual:set:P1Y",
    "The polls closed at 10:30 p.m.": "10:30 p.m.:time:T22:30",
    "The vote was at midday.": "midday:time:T12:00",
    "The doors opened at Noon and closed at midnight.": "Noon:time:T12:00; midnight:time:T00:00",
}
NONE = [
    "Farlow, 55, left.",
    "The 30-year-old left.",
    "She is 30 years old.",
    "She is in her 40s.",
    "He was aged 20.",
    "Mrs May resigned.",
    "It may rain.",
    "They march for peace.",
    "They bought it on Black Friday.",
    "He spoke on Fox News Sunday.",
    "He won a second term.",
    "They sold 2000 cars.",
    "April Jones sang.",
]


@pytest.mark.parametrize("text, expected", {**CALENDAR, **COUNTED, **LASTING}.items())
def test_an_expression_of_time_has_a_kind_and_a_value(text, expected):
    assert spell(find(text)) == expected


@pytest.mark.parametrize("text", NONE)
def test_ages_names_and_other_words_are_no_dates(text):
    assert spell(find(text)) == ""


def test_without_a_publication_date_the_text_may_state_its_own():
    headed = "Rain fell\n\nFriday, July 21, 2017\n\nRain fell on Tuesday."
    [own, told] = find(headed, None).to_dict("records")
    assert (told["value"], told["anchor"]) == ("2017-07-18", "the text's own date")
    assert (own["value"], own["anchor"]) == ("2017-07-21", "explicit")


def test_what_counts_from_an_unknown_day_says_so():
    [date] = find("He was killed last week.", None).to_dict("records")
    assert (date["kind"], date["rule"]) == ("week", "the article's date is not known")
    assert spell(find("He was killed on Jan. 3, 2020.", None)) == "Jan. 3, 2020:day:2020-01-03"


def test_a_quotation_counts_from_the_day_on_which_it_was_said():
    said = "“It rained yesterday,” Ann Lee said on Sunday. “It rained yesterday,” Bo Li said."
    dates = find(said)
    assert dates["value"].tolist() == ["2020-01-04", "2020-01-05", "2020-01-04"]
    assert dates["anchor"].tolist() == [
        "day of the quotation",
        "publication date",
        "day of the quotation",
    ]


def test_the_dates_of_the_article_are_those_coded_by_reading():
    articles = wb.read_articles()
    dates = wb.find_dates(articles, wb.split_tokens(articles))
    found = dates[["start", "end", "text", "value"]].astype(str).to_numpy().tolist()
    with open(resource("data") / "gold" / "dates.csv", encoding="utf-8", newline="") as lines:
        assert found == list(csv.reader(lines))[1:]


@pytest.mark.parametrize(
    "text", ["At all times.", "A 1 2 3", "Jan. 32, 2020", "31 June 2020", "In 0000-00-00."]
)
def test_odd_texts_do_not_fail(text):
    find(text)
    find(text, None)
