"""People and groups without a name: what they are called, and whether the text names them later."""

from ...lexicons import noun_types, reporting_verbs, word_list
from ...parse.capitals import SENTENCE_ENDS
from ...parse.tree import SUBJECTS, subtree
from .gazetteer import packaged_names
from .nouns import PLURAL_TAGS
from .spans import spell_name
from .vote import PEOPLES

# Relations of a noun that says what somebody is, or that speaks of nobody in the story.
SAYING = ("attr", "appos", "oprd", "acomp")
# What words tell what somebody is called, and relations in which they do not.
CALLING = ("NOUN", "PROPN", "ADJ", "VERB")
UNCALLED = ("det", "predet", "nummod", "quantmod", "punct", "cc", "conj", "preconj")
# Words of an "of", "for" or "from" behind a noun that belong to what somebody is called: of one
# with a name in it, of another ("chief of staff").
LONGEST_BELONGING, SHORT_BELONGING = 6, 3
# Relations of what can stand before the subject of its sentence.
FRONTED = ("prep", "advcl")
# Groups that stand without an article.
BARE = ("police", "people", "staff")
# Words before a noun that means nobody in the story.
OF_NOBODY = ("no", "neither", "any", "every")
# Sentences between a description and the name that it waits for.
NAMED_WITHIN = 8


def is_stranger(tree, row, quoted):
    """Whether a noun speaks of a person or a group of people in the story: "residents", "a man".

    Not what somebody is said to be, what there is none of, or what may be a thing; not whom a name
    behind it names; nor anybody whom those who are quoted (`quoted`) speak of in general: "a judge
    should not".
    """
    lemma, relation = tree.lemma[row], tree.dep[row]
    if relation in SAYING or is_none(tree, row) or is_role(tree, row) or is_told_behind(tree, row):
        return False
    if is_one_of(tree, row):
        return False
    if row in quoted and (is_new(tree, row) or lemma in ("people", "person")):
        return False
    if tree.pos[row] != "NOUN":
        # "Republicans", "Muslims".
        return tree.ent[row][2:] == PEOPLES and tree.tag[row] in PLURAL_TAGS
    if tree.words[row].lower() in word_list("nouns of groups"):
        return tree.words[row + 1 : row + 2] != ["of"]  # "a couple of weeks"
    if lemma in word_list("nouns for people and for things") and relation not in SUBJECTS:
        return False
    return "person" in noun_types(lemma) or lemma in word_list("nouns of sources")


def is_one_of(tree, row):
    """Whether a noun says of what kind somebody is: "he is one of the richest presidents"."""
    of = tree.head[row]
    return tree.lemma[of] == "of" and tree.dep[row] == "pobj" and tree.dep[tree.head[of]] in SAYING


def is_told_behind(tree, row):
    """Whether a name behind a noun says who it is: "another candidate, ex-Gov. Martin O'Malley"."""
    beside = [child for child in tree.below[row] if tree.dep[child] == "appos" and child > row]
    return any(tree.ent[each][2:] == "PERSON" for child in beside for each in subtree(tree, child))


def can_have_name(tree, row):
    """Whether "the nominee" may be somebody whom the article names, though nothing says who.

    Not several people, nobody new, nobody like "the victim" or "his lawyer".
    """
    has_article = any(tree.dep[child] in ("det", "nummod") for child in tree.below[row])
    is_one = tree.tag[row] not in PLURAL_TAGS and not (has_article and is_new(tree, row))
    if any(tree.lemma[child] in ("this", "that") for child in tree.below[row]):
        return is_one
    is_met = tree.lemma[row] in word_list("people who are met without a name")
    return is_one and not is_met and tree.words[row].lower() not in word_list("nouns of groups")


def is_none(tree, row):
    """Whether a noun means nobody, or anybody: "no witnesses", "any voter"."""
    return any(tree.lemma[child] in OF_NOBODY for child in tree.below[row])


def is_role(tree, row):
    """Whether a noun is a part that somebody plays: "as a teacher"."""
    row = tree.whole[row]
    up = tree.head[row]
    return tree.dep[row] == "pobj" and tree.lemma[up] in ("as", "like", "than")


def call_stranger(tree, row):
    """What a person or group without a name is called: the noun, and what tells it from others.

    "a Lakeside man", "residents", "the spokesman for the White House".
    """
    first, last = row, row + 1
    for child in sorted(tree.below[row]):
        is_called = tree.pos[child] in CALLING and not is_age(tree, child)
        if child < row and tree.dep[child] not in UNCALLED and is_called:
            first = min(first, *subtree(tree, child))
    for child in tree.below[row]:
        inside = subtree(tree, child)
        names = any(tree.pos[each] == "PROPN" for each in inside)
        belongs = tree.lemma[child] in ("of", "for", "from") and child == last
        if belongs and len(inside) <= (LONGEST_BELONGING if names else SHORT_BELONGING):
            last = max(inside) + 1
    while first < row and tree.words[first].lower() in ("the", "a", "an"):
        first += 1
    words = tree.words[first:last]
    begins = first == 0 or tree.sentence[first - 1] != tree.sentence[first]
    is_name = tree.pos[first] == "PROPN" or tree.ent[first]
    if begins and not is_name and words[0] not in packaged_names():
        words[0] = words[0].lower()
    called = spell_name(words)
    is_owned = any(tree.dep[each] == "poss" for each in range(first, row))
    is_several = tree.tag[row] in PLURAL_TAGS or tree.words[row].lower() in BARE
    return called if is_several or is_owned else f"{article_of(tree, row, called)} {called}"


def article_of(tree, row, called):
    """The article before what one person is called."""
    if is_new(tree, row):
        return "an" if called[0].lower() in "aeiou" else "a"
    return "the"


def is_age(tree, row):
    """Whether a word tells an age, or how many: "34-year-old", "many"."""
    words = [tree.words[each].lower() for each in subtree(tree, row)]
    return "old" in words or any(word in word_list("words of number") for word in words)


def is_plural(tree, row):
    """Whether a noun means several people."""
    return tree.tag[row] in PLURAL_TAGS or tree.words[row].lower() in word_list("nouns of groups")


def choose_described(tree, near, named):
    """(which of some people described before is named at `named`, why); (None, "") if open.

    `near` has of each the rows where the person was described. The one of whom the text tells it;
    or the only one, if the name is introduced as news introduces whom it has described. A source
    without a name is never somebody with one.
    """
    sources = word_list("nouns of sources")
    near = {n: rows for n, rows in enumerate(near) if tree.lemma[rows[0]] not in sources}
    told = [(number, same_as_named(tree, rows, named)) for number, rows in near.items()]
    told = [(number, why) for number, why in told if why]
    if not told and len(near) == 1 and not speaks(tree, named):
        ((number, rows),) = near.items()
        why = introduced(tree, rows[0], named) if is_new(tree, rows[0]) else ""
        told = [(number, why)] if why else []
    return told[0] if len(told) == 1 else (None, "")


def same_as_named(tree, described, named):
    """Why a person described before is the one whom the text names now, in words; "" if open.

    `described` are the rows where the person was described, `named` is the head of the name. The
    text says so; or somebody new was described, of the same age, from the same place, by the same
    noun, or as doing or suffering the same act.
    """
    if identified(tree, named) in described:
        return "said to be the same"
    pronoun = pronoun_before(tree, described, named)
    if pronoun is not None:
        return f"“{tree.words[pronoun]}” before the name"
    beside = [child for child in tree.below[named] if tree.dep[child] == "appos"]
    age = age_in(tree, [row for each in (named, *beside) for row in subtree(tree, each)])
    age = age or age_behind(tree, named)
    for row in described:
        if not is_new(tree, row):
            continue
        known = age_in(tree, subtree(tree, row))
        if known and age:
            return f"the same age, {age}" if known == age else ""
        if any(is_called_so(tree, each, row) for each in beside):
            return f"the same noun, “{tree.words[row]}”"
        places = towns_of(tree, row) & towns_of(tree, named)
        if places:
            return f"both of {min(places)}"
        act = same_act(tree, row, named)
        if act:
            return f"the same act, “{act}”"
    return ""


def pronoun_before(tree, described, named):
    """The row of a pronoun for somebody described, in what stands before its sentence's subject.

    "Under the protection of her lawyers, Lois Lerner is facing questions." None without one.
    """
    verb = tree.head[named]
    if tree.dep[named] not in SUBJECTS:
        return None
    for row in described:
        up = row
        while tree.head[up] not in (up, verb):
            up = tree.head[up]
        is_inside = tree.head[up] == verb and up < named and tree.dep[up] in FRONTED
        if row < named and tree.pos[row] in ("PRON", "DET") and is_inside:
            return row
    return None


def is_called_so(tree, beside, row):
    """Whether the words beside a name say what somebody was called: "a spokesman for the town"."""
    told = {tree.lemma[each] for each in subtree(tree, beside)}
    telling = {tree.lemma[row]}
    for child in tree.below[row]:
        if tree.dep[child] in ("compound", "prep"):
            telling.update(tree.lemma[each] for each in subtree(tree, child))
    return tree.lemma[beside] == tree.lemma[row] and telling <= told


def is_new(tree, row):
    """Whether a noun brings somebody into the story: "a man", or "man" in a headline."""
    beside = [child for child in tree.below[row] if tree.dep[child] in ("det", "poss", "nummod")]
    words = [tree.lemma[child] for child in beside]
    return words in (["a"], ["an"], ["another"], ["one"]) or (not words and is_headline(tree, row))


def is_headline(tree, row):
    """Whether a row stands in the first paragraph, and that has no full stop."""
    _, last = tree.paragraphs[0]
    return row < last and tree.words[last - 1] not in SENTENCE_ENDS


def towns_of(tree, row):
    """The names of places before a noun or behind it: "Lakeside man", "Kevin Smith of Lakeside"."""
    rows = []
    for child in tree.below[row]:
        if tree.dep[child] in ("compound", "amod"):
            rows.append(child)
        elif tree.lemma[child] in ("of", "from"):
            rows += tree.below[child]
    return {tree.words[each] for each in rows if tree.ent[each][2:] in ("GPE", "LOC")}


def introduced(tree, row, named):
    """That a name stands with an age, as news names whom it has described (at `row`); "" if not."""
    age = age_behind(tree, named)
    is_other = age_in(tree, subtree(tree, row)) not in ("", age)
    return f"named with an age, {age}, and nobody else is described" if age and not is_other else ""


def identified(tree, named):
    """The row of whom the text says to be the one named; None where it says so of nobody.

    "Police identified the man as Kevin Smith", "a man named Kevin Smith".
    """
    verb = tree.head[named]
    if tree.lemma[verb] == "as":
        verb = tree.head[verb]
    if tree.lemma[verb] not in word_list("verbs of naming") or tree.dep[named] in SUBJECTS:
        return None
    if tree.dep[verb] == "acl":
        return tree.head[verb]
    return tree.first[verb].get("nsubjpass", tree.first[verb].get("dobj"))


def age_in(tree, rows):
    """The age that some words tell: "34-year-old"; "" where they tell none."""
    words = {tree.words[row].lower() for row in rows}
    if "old" not in words:
        return ""
    return next((tree.words[row] for row in sorted(rows) if is_number(tree.words[row])), "")


def age_behind(tree, named):
    """The age behind a name: "Kevin Smith, 34,"; "" where there is none."""
    behind = tree.words[named + 1 : named + 4]
    if len(behind) < 2 or behind[0] != "," or not is_number(behind[1]):
        return ""
    closes = behind[2:] == [","] or behind[2:] in (["."], ["of"])
    return behind[1] if closes and int(behind[1]) < 120 else ""


def is_number(word):
    """Whether a word is a number of years that somebody may be old."""
    return word.isdecimal() and len(word) < 4


def same_act(tree, row, named):
    """The act that both do or suffer, as it stands; "" where they share none."""
    up, other = tree.head[row], tree.head[named]
    relations = {tree.dep[row], tree.dep[named]}
    is_act = tree.pos[up] == "VERB" and tree.lemma[up] not in reporting_verbs()
    same = tree.lemma[up] == tree.lemma[other] and relations <= SUBJECTS
    common = tree.lemma[up] in word_list("verbs of relation")
    return tree.words[other] if is_act and same and not common else ""


def speaks(tree, named):
    """Whether a name stands as the speaker of what is reported."""
    return tree.lemma[tree.head[named]] in reporting_verbs() and tree.dep[named] in SUBJECTS
