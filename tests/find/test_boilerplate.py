"""What on a page is not the article: whole paragraphs, and passages at an end of one; prose."""

import re
import time

import pandas as pd
import pytest

import analysis as wb
from analysis.lexicons import read_lexicon
from analysis.parse import furniture

BEFORE, BEHIND = "The bridge in Linz was closed on Monday.", "It poured at night."
KINDS = {
    "share line": """Share
Share this article
Share on Facebook
Click to share on Twitter (Opens in new window)
Facebook Twitter LinkedIn Email
FacebookTwitterPinterestEmail
12 shares
Like Loading...
Like this story? Share it with a friend!""",
    "comment line": """Comments (12)
Leave a Reply
View comments
Sign in to leave a comment
Comments are closed.
Tell us what you think in the comments below.
What do you think? Let us know in the comments.
Your email address will not be published. Required fields are marked *
Save my name, email, and website in this browser for the next time I comment.""",
    "subscription line": """Newsletters
Sign in
Subscribe now
Sign up for our daily newsletter.
Subscribe to the Courier for full access.
Get the latest updates right in your inbox.
The Morning Newsletter
Become a member
Create a free account
To continue reading, please log in or register.
You have read all of your free articles this month.
Thank you for subscribing!
Please enter a valid email address.
No spam, unsubscribe at any time.
Your subscription makes our reporting possible.
Stay up to date with the news from Linz.
12 issues for £11.99.""",
    "app or podcast line": """Click here to read more about the bridge.
CLICK HERE TO GET THE COURIER APP
Download our app for the latest news.
Listen to our podcast on Spotify.
Podcast produced by Nora Whitfield.""",
    "follow line": """Follow us on Facebook and Twitter.
Follow Nora Whitfield on Twitter @norawhit.
You can follow her on Twitter at @norawhit
On Twitter, follow Nora Whitfield https://twitter.example/norawhit.
Like us on Facebook!
Twitter: @norawhit
View this post on Instagram
A post shared by Nora Whitfield (@norawhit) on May 3""",
    "contact of the author": """Email Nora Whitfield at nora@linden.example.
Contact the writer
To contact the reporter on this story: Nora Whitfield in Linz at nora@linden.example
Nora Whitfield may be reached at nora@linden.example.
Reach her directly at nora@linden.example
E-mail: nora@linden.example
—Nora Whitfield; nora@linden.example
Got a tip? Let us know.
Send your letters to letters@linden.example.
We'd like to hear what you think about this article.""",
    "credit of reporters": """(Reporting by Nora Whitfield and Tom van Dyk; editing by Ann Lee)
Reporting by Nora Whitfield in Linz, with reporting by Tom Hale, editing by Ann Lee.
Additional reporting by Tom Hale in Wels.
Writing by Nora Whitfield
The Associated Press contributed to this report.
Courier staff writers Ann Lee and Tom Hale contributed to this story.
Nora Whitfield contributed reporting from Wels.
This report includes information from The Associated Press.
From staff and wire reports
With inputs from agencies""",
    "link to another article": """Related: Nora Whitfield opens theatre in Vienna
[Related: Ten Bridges in Linz]
RELATED STORY: Nora Whitfield opens theatre
Read more: how the bridge was built
READ ALSO: Nora Whitfield opens theatre
ALSO READ | Ten bridges in Linz
See also: Ten bridges in Linz
Up next: Ten bridges in Linz
Also on linden.example Ten bridges that nobody needs
More from Nora Whitfield
More on this story
Watch: Nora Whitfield opens theatre
Next: Ten bridges in Linz
MORE: Ten bridges in Linz
Watch the full interview with the mayor below:
Read the full story here.
For more news from Linz, visit the Courier.
Learn more""",
    "list of other articles": """Related Articles
You may also like...
More:
Most Popular
Recommended for you""",
    "picture credit": """(Photo by Nora Whitfield/Getty Images)
Photo: Nora Whitfield
Photo courtesy of the Linden Theatre
Main image credit: Getty
Image copyright AFP
Getty Images
AFP/Getty Images
Nora Whitfield/AFP/Getty Images
Nora Whitfield / Reuters
REUTERS/Nora Whitfield
(AP Photo/Nora Whitfield, File)
Credit: Nora Whitfield/Linden
Courtesy Linden Theatre""",
    "caption of a picture": """Image caption The bridge was opened in May
FILE PHOTO: The bridge in Linz, May 3, 2020. REUTERS/Nora Whitfield
FILE - In this May 3 file photo, the bridge in Linz is closed.
toggle caption""",
    "gallery line": """Gallery
Photo Gallery
View 10 photos
See more photos:
1/15
Image 3 of 15""",
    "privacy or cookie text": """We use cookies to give you the best experience.
This website uses cookies.
By signing up, you agree to our terms of use and privacy policy.
Accept all cookies
Privacy Policy
Terms of Service""",
    "copyright line": """© 2020 Linden Media
Copyright 2020 The Linden Courier
All rights reserved.
(c) 2020 Linden Media
This material may not be published, broadcast, rewritten or redistributed.""",
    "where it was published first": """This article was originally published in the Courier.
Originally published on Linden Science.
This story first appeared in the Courier.
A version of this article appears in print on May 3, 2020.
The post Ten bridges in Linz appeared first on Linden Courier.
This story has been updated with comments from the mayor.
This is a developing story. Check back for updates.
SOURCE: Linden News""",
    "advertisement label": """ADVERTISEMENT
Advertisement - story continues below
Sponsored content
Article continues below
Scroll to continue
We may earn a commission from links on this page.""",
    "tags line": """Tags: bridges, Linz
Topics: Linz
Filed under: Linz |
Related Topics: Linz""",
    "page control": """Loading...
Menu
Skip to main content
Back to top
Please enable JavaScript to view the comments.
To view this video please enable JavaScript, and consider another browser
Your browser does not support the video tag.
This video is not available in your country.
3 min read
Printer-friendly version
Now playing""",
    "shortcode of the page": """[button link="https://linden.example" type="big"] Tickets[/button]
[gallery ids="1,2,3"]
<iframe src="https://linden.example"></iframe>""",
    "date line of the page": """Updated 3 May 2020
Published: May 3, 2020 at 3:15 pm | Updated: May 4, 2020""",
    "end of a press release": """About Linden Theatre
Media contact:
Press contact: Nora Whitfield, press@linden.example
For immediate release
###
- Ends -""",
}
LINES = [(line, rule) for rule, lines in KINDS.items() for line in lines.splitlines()]
# At the end of an article only.
NOTES = """Nora Whitfield is a reporter for the Courier.
Nora Whitfield is a professor of law at Linz. Her latest book is on bridges.
Nora Whitfield and Tom Hale are senior editors at the Courier. Follow her on Twitter @norawhit.
Nora Whitfield covers theatre for the Courier.
Whitfield reported from Vienna.
The writer is a fellow of the Linden Institute."""


def find_texts(text):
    """The passages of boilerplate in a text, and its sentences."""
    articles = wb.read_texts(text)
    found, sentences = wb.find_boilerplate(articles), wb.split_sentences(articles)
    for table in (found, sentences):
        spans = zip(table["start"], table["end"], strict=True)
        assert [text[start:end] for start, end in spans] == table["text"].tolist()
    return found, sentences["text"].tolist()


@pytest.mark.parametrize("line, rule", LINES)
def test_a_line_of_the_page_is_found_between_paragraphs(line, rule):
    found, sentences = find_texts(f"{BEFORE}\n\n{line}\n\n{BEHIND}")
    assert sentences == [BEFORE, BEHIND]
    assert " ".join(found["text"]) == line
    assert rule in found["rule"].tolist()


@pytest.mark.parametrize("line", NOTES.splitlines())
def test_a_note_on_the_author_stands_at_the_end(line):
    assert find_texts(f"{BEFORE}\n\n{line}\n\nShare this article")[1] == [BEFORE]
    assert find_texts(f"{BEFORE}\n\n{line}\n\n{BEHIND}")[1][-1] == BEHIND
    assert len(find_texts(f"{BEFORE}\n\n{line}\n\n{BEHIND}")[1]) > 2
    # Nor is it all that there is.
    assert find_texts(line)[1] != []


def test_who_is_told_of_is_no_author():
    told = "Nora Whitfield found the bridge closed."
    note = "Nora Whitfield is a professor of law at Linz."
    assert find_texts(f"{told}\n\n{note}")[1] == [told, note]
    assert find_texts(f"By Nora Whitfield\n\n{BEFORE}\n\n{note}")[1][-1] == BEFORE


PARTED = {  # a paragraph, what is left of it
    "He left. (Reporting by Ann Lee; Editing by Tom Hale)": "He left.",
    "He left. Reporting by J. R. Lee; Editing by Tom Hale": "He left.",
    "“He left,” she said. The Associated Press contributed to this report.": "“He left,” she said.",
    "The bridge at night (AP Photo/Ann Lee)": "The bridge at night",
    "The bridge at night. REUTERS/Ann Lee": "The bridge at night.",
    "The bridge at night. Photo: Linden Press": "The bridge at night.",
    "The bridge at night Image credit: Ann Lee/LP": "The bridge at night",
    "(Photo: Ann Lee, AP) The bridge was closed.": "The bridge was closed.",
    "(RELATED: Ten bridges in Linz) He left.": "He left.",
    "He left. Follow Ann Lee on Twitter @annlee. Email her at lee@linden.example.": "He left.",
    "He left. Related: Ten bridges in Linz": "He left.",
    "Want more? Follow us on Twitter.": "",
    "He left. Who knew? (Reporting by Ann Lee)": "He left. Who knew?",
    "He left. “Follow us on Twitter,” it says.": "He left. “Follow us on Twitter,” it says.",
}


@pytest.mark.parametrize("paragraph, left", PARTED.items())
def test_a_credit_beside_prose_is_a_passage_of_its_own(paragraph, left):
    text = f"{BEFORE}\n\n{paragraph}\n\n{BEHIND}"
    found, sentences = find_texts(text)
    assert " ".join(sentences[1:-1]) == left
    whole = wb.split_sentences(wb.read_texts(text), boilerplate=True)
    assert "".join("".join(whole["text"]).split()) == "".join(text.split())
    drawn = wb.draw_article(wb.read_texts(text), wb.split_sentences(wb.read_texts(text))).data
    assert drawn.count('class="left-out"') == len(found)
    pieces = [left, *found["text"]]
    assert sorted("".join(pieces).split()) == sorted("".join(pieces).split())
    assert sum(map(len, "".join(pieces).split())) == len("".join(paragraph.split()))


def test_titles_below_a_heading_are_left_out_where_a_list_ends():
    titles = "You may also like\n\nTen bridges in Linz\n\nWho built them?"
    assert find_texts(f"{BEFORE}\n\n{titles}")[1] == [BEFORE]
    assert find_texts(f"{BEFORE}\n\n{titles}\n\nShare")[1] == [BEFORE]
    bullets = "Related\n\n- Ten bridges in Linz"
    assert find_texts(f"{BEFORE}\n\n{bullets}\n\n{BEHIND}")[1] == [BEFORE, BEHIND]
    heading = "Related\n\nThe night in Linz"
    assert find_texts(f"{BEFORE}\n\n{heading}\n\n{BEHIND}")[1][1] == "The night in Linz"


def test_a_headline_is_no_link():
    headline = "Watch: Nora Whitfield opens theatre"
    assert find_texts(f"{headline}\n\n{BEFORE}")[1] == [headline, BEFORE]


PROSE = """Share of women in parliament rises
Share prices fell.
Share with care, she told them.
Register to vote by Monday, the mayor told residents.
Sign up for the army, the poster said.
Get the vaccine, the ministry urged in its newsletter.
Stay informed, the ministry urged.
The newsletter has 2,000 subscribers.
(c) The driver is under eighteen.
(c. 1530) The palace has two towers.
Copyright law will change next year, the minister said.
The firm had all rights reserved in the contract of 1990.
Find us on the hill, said the guide.
Follow the money, he said.
Follow me to the bridge.
He can be found on Facebook most days, his wife said.
Facebook uses cookies to follow people who have no account.
The site uses cookies to track its readers, researchers found.
Related: the mayor said the two were cousins.
Watch: the step is steep.
Next: the council votes on Monday.
Also on Thursday: Trump spoke in Graz.
Previously: a bakery.
Recommended: two cups a day.
More people live in Linz than in Graz.
About half of the houses are empty.
Photo editors protested.
Photos of the mayor hung in the hall.
Image: it is all she has.
Getty Images sued the company in May.
Courtesy of the mayor, the children got ice cream.
Credit Suisse fell by a tenth.
He contributed to the report on poverty.
She was reporting by night and sleeping by day.
Subscribe or leave, the union told its members.
Comments by the mayor angered the island.
Read more books, the teacher told the children.
Her office contributed to this report's findings, the auditor said.
Reporting by the commission shows that rents rose.
Reporting by The Courier led to the arrest.
Edited by hand, the film took two years.
Ann Lee reported from Vienna for ten years.
Ann Lee is a reporter for the Courier.
He has a tip for them: sell.
Email him the contract by noon, she ordered.
The report was first published in 2015 and sold well.
First published in 1960, the novel won a prize.
This article of the treaty was amended in 1997.
An earlier version of the bill passed in May.
The ministry may earn a commission of a tenth on each sale.
Advertising rose by a tenth.
Filed under seal, the suit names two firms.
Topics included rents and taxes.
Loading docks were closed.
Source code was published.
Sources: two officers and a guard.
Published in May, the book sold well.
The views expressed in the debate were sharp, and the mayor left.
What do you think?
[A] mayor needs time.
<The Bridge: A Night in Linz>
Sign up for the Hamburg marathon by Friday.
Yes.
Continue."""


@pytest.mark.parametrize("paragraph", PROSE.splitlines())
def test_ordinary_prose_is_no_boilerplate(paragraph):
    found, _ = find_texts(f"{BEFORE}\n\n{paragraph}\n\n{BEHIND}")
    assert found["text"].tolist() == []
    found, _ = find_texts(f"{BEFORE} {paragraph}\n\n{BEHIND}")
    assert found["text"].tolist() == []


def test_the_words_of_a_pattern_hide_no_passage(monkeypatch):
    text = "\n\n".join([BEFORE, *(line for line, _ in LINES), *PROSE.splitlines(), BEHIND])
    found = furniture.place_furniture(text)
    monkeypatch.setattr(furniture, "likely_patterns", lambda _: furniture.furniture_patterns())
    assert furniture.place_furniture(text) == found


def test_the_patterns_are_whole():
    table = read_lexicon("boilerplate")
    assert table["rule"].ne("").all()
    assert set(table["part"]) == {"paragraph", "later", "list", "edge", "hook", "end"}
    assert table["source"].ne("").all() and not table["pattern"].duplicated().any()
    for pattern in table["pattern"]:
        assert not re.search(r"\{[a-z ]+\}", furniture.fill_in(pattern)), pattern


@pytest.mark.parametrize(
    "paragraph",
    [
        f"{BEFORE} {BEHIND} “We know,” he said. Follow us on Twitter.",
        "Photo: " * 60,
        "(Reporting by " + "Ann Lee and " * 40 + "“",
        "A" * 400,
        "Aa " * 160 + "contributed",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(paragraph):
    text = f"{paragraph}\n\n" * (1_000_000 // len(paragraph))
    furniture.place_furniture(BEFORE)
    start = time.process_time()
    furniture.place_furniture(text)
    # A second on a quiet machine; what is not linear takes minutes.
    assert time.process_time() - start < 10


def test_find_boilerplate_changes_no_table_and_keeps_its_columns():
    articles = wb.read_texts([f"{BEFORE} Follow us on Twitter.", "Share this article"])
    before = articles.copy()
    found = wb.find_boilerplate(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert found.columns.tolist() == ["doc_id", "start", "end", "text", "rule"]
    assert found["text"].tolist() == ["Follow us on Twitter.", "Share this article"]
