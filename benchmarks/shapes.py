"""Texts of any length for measuring, made up by rule: always the same, and nobody's.

Names are put together from syllables, so that a text can have thousands of different ones.
"""

from itertools import product
from random import Random

SEED = 1
FIRST = ("Ma", "Le", "To", "Ri", "Sa", "Jo", "Ka", "Be", "No", "Ve", "Da", "Hu")
SECOND = ("ra", "na", "mis", "vin", "lo", "dor", "ta", "rek", "si", "ben", "go", "lan")
THIRD = ("berg", "son", "ova", "ini", "man", "ski", "well", "dal", "ez", "ford", "ton", "hari")
# Towns and groups, of a small cast.
TOWNS = ("Vienna", "Tehran", "Oslo", "Lagos", "Lima", "Paris", "Moscow", "Beijing", "Cairo")
GROUPS = (
    "NATO", "the United Nations", "the European Union", "the World Bank", "the Tulmar Company",
    "the Norvel Institute", "the Ministry of Finance", "the Harbour Union", "Iran", "Russia",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Jan. 3, 2020", "March 2021")
CUES = ("said", "argued", "warned", "claimed", "insisted", "replied", "explained", "admitted")
MOODS = ("terrible", "brave", "dishonest", "excellent", "dangerous", "honest", "weak", "fair")
# {a} and {b} are whole names, {A} and {B} the last names of the same two.
NEWS = (
    "{a} met {b} in {town} on {day}, a day after the talks had failed.",
    "“We will not sign this {mood} paper,” {A} {cue}.",
    "{group} rejected the plan, which {A} had called {mood}.",
    "According to {b}, the money was lost in {town} long before {day}.",
    "The minister did not answer; he left {town} with {B} late on {day}.",
    "{A} {cue} that {group} had been {mood} to the workers of {town}.",
    "“It was a {mood} mistake,” {b} {cue}. “{A} knew it, and so did {group}.”",
    "Officials of {group} say that {number} people have fled from {town} since {day}.",
    "Neither {A} nor {B} would comment on the report by {group}.",
    "{a}, who once worked for {group}, attacked the {mood} decision.",
    "Thousands marched through {town}, where police arrested {number} of them on {day}.",
    "She praised {B} for a {mood} speech, but {group} was not convinced.",
    "A source close to {A} {cue} that the offer of {group} was “{mood} at best”.",
    "Asked about {B}, the spokesman of {group} laughed.",
    "{b} has denied that {group} paid {number} dollars to {A}.",
    "The price of bread in {town} rose by {number} percent, and {group} blamed {A}.",
    "In a letter of {day}, {a} accused {B} of lying to {group}.",
    "They had promised {town} a new bridge; {A} never built it.",
    "{group} and {a} signed a {mood} agreement in {town}.",
    "Nobody in {town} believed him when {B} {cue} that help would come on {day}.",
    "Her lawyers told {group} that {A} was ill.",
    "It was {A} who opened the session, and {B} who closed it after {number} minutes.",
    "The company sold its {mood} factory to {group} for {number} million dollars.",
    "Since {day}, {a} and her colleagues have waited for word from {b}.",
)
SPOKEN = (
    "“I never trusted {B},” {A} {cue}.",
    "“What did {b} tell you about {town}?” {A} asked.",
    "{A} {cue}: “They were {mood} to us, and {group} looked away.”",
    "“We leave on {day},” {A} {cue}. “You can stay with {B}.”",
    "“{B} is {mood},” {A} {cue}, “and {group} knows it as well as I do.”",
    "“No,” {A} {cue}.",
    "“He said ‘{mood} people go first’ and laughed,” {A} {cue}.",
    "“You have {number} minutes,” {A} {cue}, “then {B} calls {group}.”",
    "“I saw {b} in {town} on {day}. She was with {group}. They were {mood}.”",
    "{a} {cue} that {B} had lied, and that {group} would pay.",
    "“Who told {group}?” “{B} did,” {A} {cue}.",
    "“Our {mood} friends from {town} will not come,” {A} {cue} to {B}.",
)
# How many sentences stand together in a paragraph of news.
TOGETHER = 4
# Different people in a text whose cast does not grow.
CAST = 40


def make_names():
    """(first name, last name) of some 20,000 people, no two with one last name, as by chance."""
    first = ["".join(pair) for pair in product(FIRST, SECOND)]
    last = ["".join(parts) for parts in product(FIRST, SECOND, SECOND, THIRD)]
    chance = Random(SEED)
    chance.shuffle(last)
    return [(chance.choice(first), name) for name in last]


def write_sentences(templates, people):
    """Sentences without end, about people who are taken from an iterator of pairs of names."""
    chance = Random(SEED)
    while True:
        # Each once in every round, so that a short text and a long one are alike.
        for template in chance.sample(templates, len(templates)):
            (first_a, last_a), (first_b, last_b) = next(people), next(people)
            yield template.format(
                a=f"{first_a} {last_a}",
                b=f"{first_b} {last_b}",
                A=last_a,
                B=last_b,
                town=chance.choice(TOWNS),
                group=chance.choice(GROUPS),
                day=chance.choice(DAYS),
                cue=chance.choice(CUES),
                mood=chance.choice(MOODS),
                number=chance.randrange(2, 900),
            )


def same_people():
    """The people of a small cast, again and again."""
    cast, chance = make_names()[:CAST], Random(SEED)
    while True:
        yield chance.choice(cast)


def new_people():
    """Always somebody else, as long as there are names; then from the beginning."""
    names = make_names()
    while True:
        yield from names


def gather(sentences, length, joints):
    """Sentences up to a length in characters, joined by the given joints in turn."""
    parts, so_far = [], 0
    while so_far < length:
        part = next(sentences) + joints[len(parts) % len(joints)]
        parts.append(part)
        so_far += len(part)
    return "".join(parts)[:length].strip()


def write_news(length):
    """News: paragraphs of some sentences, a small cast, speech here and there."""
    joints = [" "] * (TOGETHER - 1) + ["\n\n"]
    return gather(write_sentences(NEWS, same_people()), length, joints)


def write_dialogue(length):
    """Dense dialogue: hardly anything but speech, a line each."""
    return gather(write_sentences(SPOKEN, same_people()), length, ["\n\n"])


def write_paragraph(length):
    """News and speech in one single paragraph."""
    return gather(write_sentences(NEWS + SPOKEN, same_people()), length, [" "])


def write_short(length):
    """Many short paragraphs: each sentence is one."""
    return gather(write_sentences(NEWS, same_people()), length, ["\n\n"])


def write_actors(length):
    """Many actors: nobody is named in two sentences."""
    joints = [" "] * (TOGETHER - 1) + ["\n\n"]
    return gather(write_sentences(NEWS, new_people()), length, joints)


def write_marks(length):
    """Nothing but quotation marks, with a word at the end, without which it would be no text."""
    return '"' * (length - 4) + "Yes."


def write_apart(length):
    """Quotation marks with spaces between them, of both kinds that turn."""
    return "“ ” " * (length // 4 - 1) + "Yes."


def write_opened(length):
    """Opening marks only, each before a word: none is ever closed."""
    return "“no " * (length // 4 - 1) + "Yes."


def write_words(length):
    """Each word in marks of its own."""
    return "“no” " * (length // 5 - 1) + "Yes."


SHAPES = {
    "news": write_news,
    "dialogue": write_dialogue,
    "paragraph": write_paragraph,
    "short": write_short,
    "actors": write_actors,
    "marks": write_marks,
    "apart": write_apart,
    "opened": write_opened,
    "words": write_words,
}


def make_text(shape, length):
    """A text of a shape, about so many characters long; the same each time."""
    return SHAPES[shape](length)
