"""Strange articles, made up: the same number and seed give the same article.

An article is a list of parts (a sentence, a headline, a break …) that are joined as they are, so
that it can be made smaller part by part.
"""

import random


def pieces(text):
    """What stands between bars."""
    return text.split("|")


NAMES = pieces(
    "Iran|Tehran|the United States|the U.S.|U.S.|NATO|the IAEA|IAEA|EU|the European Union|Russia"
    "|Vladimir Putin|Putin|Joe Biden|President Joe Biden|Biden|Ebrahim Raisi|Raisi|Anna Berg"
    "|Minister Anna Berg|Berg|ANNA BERG|Mrs Berg|Dr. Peter Holm|Holm|Peter Holm’s|Zorblax Quindle"
    "|Quindle|J. R. R. Tolkien|A. B.|Jean-Luc Smith-Jones|Ann O'Neil|Sinéad O’Connor|de la Cruz"
    "|Iranian|Iran-backed|the foreign ministry|White House|İran|Ḥasan Rūḥānī|Владимир Путин|习近平"
    "|Pope Leo XIV|X|Ng|Will Green|May|the FBI|F.B.I.|IRAN|iran|@berg|#Iran|Berg & Holm"
    "|Jr.|Martin Luther King Jr.|the general|officials|a source|a spokesman for Iran|he|she|they|it"
)
ACTS = pieces("attacked|met|praised|threatened|left|visited|accused|killed|will_meet|did_not_meet")
VERBS = pieces("said|says|told_reporters|warned|denied|claimed|added|wrote|tweeted|asked|:|-")
DATES = pieces(
    "Monday|yesterday|Jan. 3, 2020|3 May 2021|2015|next week|03/04/05|12:30 p.m.|the 1990s"
    "|2020-02-30|the day before|May"
)
NUMBERS = pieces("0|1|3.5|1,000,000|$20|20%|1/2|½|²|٣|Ⅷ|1e999|-1|+5|NaN|inf|10⁹|007|1.2.3|№5")
LINKS = pieces(
    "https://a.b/c?d=e&f=<g>#find/mentions?actor=Iran&n=9|http://[::1]/|www.evil.example"
    "|anna.berg@press.example|mailto:a@b.c|//x.y|javascript:alert(1)|data:text/html,<b>|file:///x"
)
MARKUP = pieces(
    "<b>Berg</b>|<script>alert(1)</script>|</script>|<!--|-->|<![CDATA[|]]>|<img src=x onerror=a()>"
    "|<a href=\"javascript:b()\" onclick='c()'>Iran</a>|</style>|</section></div>|</textarea>|<svg"
    "|<zq onload=e()>Iran</zq>"
    "|<style>p{}</style>|<iframe>|<plaintext>|<h1>Iran</h1>|<br/>|<p|&lt;i&gt;|&amp;|&#0;|&#x202e;"
    "|&nbsp;|&|{{ 7*7 }}|{% raw %}|{#|{|}|%s|%(a)s|{0}|$x^2$|$$|\\[|\\input{a}|\\end{document}|\\|"
    '#set page(width: 1cm)|#panic()|@import "x"|<label>|*bold*|__init__|`raw`|```|~~~|***|---|==='
    "|# Iran|> Iran|- Iran|1. Iran|[a](javascript:d())|![](http://e.example/x.png)|[^1]|| a | b |"
    "|=1+1|=cmd|@SUM(A1)|+1|-1|'=1|\\u003c|\\u2028|\\x00|\\n|%00|../../etc|C:\\a|NULL|None|nan|true"
    '|"}]</script>|\';--|\\"|//|/*|*/|::: {.a}|:::|\\pagebreak|!!python/object'
)
PAGE_LINES = pieces(
    "Share this article|Advertisement|ADVERTISEMENT|Read more|Sign up to our newsletter"
    "|Copyright 2024|Photo: Anna Berg|By Anna Berg|VIENNA (Reuters) -|• Iran|* * *|[1]|Q: Why?"
)
MARKS = pieces(
    "“ ”|‘ ’|\" \"|' '|« »|» «|„ “|‚ ‘|‹ ›|`` ''|「 」|“ “|” ”|“ |” |\" | ”|« |‘ |„ ”|“‘ ’”|‘“ ”’"
    '|“” ”|"" ""|(“ ”)|“( )”|— |〝 〞|＂ ＂|‟ ”|“… …”'
)
CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]]
NO_CHARACTERS = list(map(chr, [0xFFFE, 0xFFFF, 0xFDD0, 0xFDEF, 0x1FFFE, 0x10FFFF, 0xE000, 0xFFF9]))
UNSEEN = list("\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e\u034f\ufe0f\u115f\u3164\u2800\U000e0041")
BIDI = list("\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
COMBINING = ["\u0301", "\u0301" * 40, "e\u0301\u0323", "\u20dd", "\u0345", "Z̸̢̛͓͉̈́̔", "\u0e33", "\u0bcd"]
HIGH = [
    "😀",
    "👍🏽",
    "👨‍👩‍👧",
    "🇮🇷",
    "🏴\U000e0067\U000e0062\U000e007f",
    "𝐀𝐧𝐧𝐚",
    "𝒜",
    "𒀀𒁀",
    "𐍈",
    "𠀀",
    "\U000f0000",
]
SCRIPTS = pieces(
    "سلام|שלום|雨が降る|Привет|नमस्ते|ไทย|한국어|ﷺ|ﬁ|ß|ẞ|İ|ı|ŉ|ǅ|Ａｎｎａ|ⅷ|ꙮ|ᚠ|Ω|ſ|…|·|€|°|№"
)
SPACES = list(
    "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2003\u2009\u202f\u2028\u2029\u205f\u3000"
)
BREAKS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\r\r", "\u2028", "\u2029", "\x85", "\f", "\n \n"]
HALVES = ["\ud83d", "\ude00", "\udfff"]
STRANGE = (CONTROLS, NO_CHARACTERS, UNSEEN, BIDI, COMBINING, HIGH, SCRIPTS, SPACES, MARKUP)
HARD = (CONTROLS, NO_CHARACTERS, UNSEEN, BIDI, COMBINING, HIGH)
PLAIN = pieces(
    "the deal is bad|it was a grave threat|nothing had changed|we will not stay|this is GOOD news"
    "|people died|he is a liar and a thief|talks go on|they love her|not a great success"
    "|the rain, the wind and the cold, all of it, went on|why"
)
LEAST_LONG, MOST_LONG = 300, 3000


def make_article(number, seed):
    """The parts of an article, by its number."""
    choose = random.Random(f"{seed}/{number}")
    make = choose.choices([make_mixed, *RARE], [85, *RARE.values()])[0]
    return [part for part in make(choose) if part]


def make_mixed(choose):
    """An article of headlines, sentences and breaks; more or less of it is strange."""
    strange = choose.choice([0.05, 0.2, 0.5])
    parts = []
    if choose.random() < strange:
        parts.append(pick_strange(choose))
    if choose.random() < 0.5:
        parts += [make_headline(choose), choose.choice(BREAKS)]
    for _ in range(choose.randint(1, 9)):
        sentence = make_sentence(choose, strange)
        parts += [sentence, choose.choices([" ", "\n\n", ""], [70, 15, 3])[0]]
        if choose.random() < strange:
            parts.append(choose.choice([pick_strange, make_line, pick_break])(choose))
    if choose.random() < strange:
        parts.append(pick_strange(choose))
    return parts


def make_sentence(choose, strange):
    """A sentence, perhaps with something strange in it."""
    shape = choose.choice(SENTENCES)
    words = {
        "a": make_name(choose, strange),
        "b": make_name(choose, strange),
        "act": choose.choice(ACTS).replace("_", " "),
        "verb": choose.choice(VERBS).replace("_", " "),
        "date": spoil(choose, choose.choice(DATES), strange / 3),
        "number": choose.choice(NUMBERS),
        "plain": choose.choice(PLAIN),
        "quote": make_quote(choose, strange),
    }
    return spoil(choose, shape.format(**words), strange / 2)


SENTENCES = pieces(
    "{a} {verb} {quote}.|{a} {verb}: {quote}.|{quote} {a} {verb}.|{quote}, {verb} {a}|{quote}.|{a}."
    "|{a} {act} {b} in Vienna on {date}.|{a} {act} {b}, and {b} {act} {a}."
    "|According to {a}, {plain}.|{a} {verb} that {plain} and that {b} {act} {number} people."
    "|“We {act} {b}, {plain},” {a} {verb}, {quote}."
    "|{a}’s {b} {act} the president of {a} ({b}).|{number} {plain}!|{plain} {date}?"
    "|{a}, {b}, {a} and {b} {act} each other|He {verb} {quote}.|It is {number} {date} {a} – {b}."
    "|{a} {verb} {quote} {quote} {b} {verb}.|The {b} minister, {a}, {act} it; {plain}."
)


def make_name(choose, strange):
    """A name, perhaps with something strange in it."""
    return spoil(choose, choose.choice(NAMES), strange / 2)


def make_quote(choose, strange):
    """Something in quotation marks, balanced or not, perhaps nested, empty or strange."""
    first, _, last = choose.choice(MARKS).partition(" ")
    kind = choose.random()
    inside = choose.choice(PLAIN)
    if kind < strange:
        inside = choose.choice([pick_strange(choose), "", " ", make_name(choose, strange), "."])
    elif kind > 0.85:
        inside = f"{inside}, {make_quote(choose, strange)} {make_name(choose, strange)} said"
    return first + inside + choose.choice([",", ".", "", "?", "…"]) + last


def make_headline(choose):
    """A headline."""
    line = f"{choose.choice(NAMES)} {choose.choice(ACTS)} {choose.choice(NAMES)}"
    return choose.choice([line, line.upper(), line.title(), spoil(choose, line, 0.5), f"“{line}”"])


def make_line(choose):
    """A line that stands by itself: of the page, a link, markup; with its breaks."""
    line = choose.choice(choose.choice([PAGE_LINES, LINKS, MARKUP, NUMBERS, SCRIPTS]))
    return pick_break(choose) + line + pick_break(choose)


def pick_break(choose):
    """What ends a line or a paragraph."""
    return choose.choice(BREAKS)


def pick_strange(choose):
    """Something strange, one or a few of a kind."""
    kind = choose.choice(STRANGE)
    return choose.choice(["", "", " "]).join(choose.choices(kind, k=choose.choice([1, 1, 1, 2, 4])))


def spoil(choose, words, chance):
    """Words with, by some chance, something strange in front, behind or in the middle."""
    if choose.random() >= chance:
        return words
    place = choose.choice([0, len(words), choose.randint(0, len(words))])
    return words[:place] + choose.choice(choose.choice(HARD + STRANGE)) + words[place:]


def make_page_lines(choose):
    """An article of nothing but what belongs to the page."""
    lines = choose.choices(PAGE_LINES, k=choose.randint(1, 3))
    return [choose.choice(BREAKS).join(lines)]


def make_single(choose):
    """One character, with or without another."""
    return [choose.choice([choose.choice(choose.choice(STRANGE)), chr(choose.randint(1, 0xD7FF))])]


def make_soup(choose):
    """Names, quotation marks and all that is strange, in no order."""
    kinds = [NAMES, VERBS, MARKS, MARKUP, DATES, NUMBERS, LINKS, BREAKS, *STRANGE]
    return [choose.choice(choose.choice(kinds)) for _ in range(choose.randint(1, 60))]


def make_long(choose):
    """A very long word, or a very long sentence, between two plain ones."""
    piece = choose.choice(
        choose.choice([*STRANGE, NAMES, MARKS, ["a", "Iran, ", "and Berg said "]])
    )
    times = choose.randint(LEAST_LONG, MOST_LONG) // max(len(piece), 3)
    middle = [piece] * times
    return [make_sentence(choose, 0), " ", *middle, " ", make_sentence(choose, 0)]


def make_broken(choose):
    """An article with half a character in it, which is not analysed."""
    return [*make_mixed(choose), choose.choice(HALVES), make_name(choose, 0)]


# How often of a hundred.
RARE = {make_page_lines: 2, make_single: 3, make_soup: 6, make_long: 2, make_broken: 2}
