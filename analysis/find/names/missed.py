"""Names that the language model passed over.

Seen elsewhere in the article, or told by their words and capitals.
"""

from collections import defaultdict

from ...lexicons import actor_nouns, first_names, noun_types
from ...parse.capitals import LOUD_WORDS, SENTENCE_ENDS
from ...parse.tree import paragraph_runs
from .entities import is_compound
from .spans import Span, rows_of, spell_name
from .titles import is_title

LONGEST_SMALL = 4
# In a sentence with a larger share of capitalised words, as headlines have it, a capital does not
# speak for a name.
MOST_CAPITALS = 0.75
# Marks behind the last word of a sentence.
CLOSING = "\"')]"


def find_missed(tree, named, taken, surnames, loud):
    """Spans of names that stand outside the names found (`named`) and the rows `taken`.

    `surnames` are those of the people known so far, `loud` the `capitalised_rows`.
    """
    found = find_compounds(tree, named, taken)
    found += find_unlabelled(tree, [*named, *found], taken, loud)
    return found + find_repeated(tree, [*named, *found], taken, surnames, loud)


def find_compounds(tree, named, taken):
    """Names that end in a small word for an organisation ("the Quds force").

    spaCy does not know them as names.
    """
    forms = {span.name for span in named}
    found = []
    for last, lemma in enumerate(tree.lemma):
        is_class = tree.tag[last] == "NN" and "organisation" in noun_types(lemma)
        if last in taken or not is_class:
            continue
        first = last
        while first and is_free_compound(tree, first - 1, taken):
            first -= 1
        if first < last and spell_name(tree.words[first:last]) not in forms:
            found.append(Span(first, last + 1, spell_name(tree.words[first : last + 1]), "ORG"))
    return found


def is_free_compound(tree, row, taken):
    """Whether a word is a proper noun that stands before another noun, and free."""
    is_name = tree.pos[row] == "PROPN" and tree.words[row][0].isupper()
    return is_name and tree.dep[row] == "compound" and row not in taken


def find_unlabelled(tree, named, others, loud):
    """Names in mid-sentence, or of several words, that spaCy does not label: proper nouns.

    A person where a first name or a title begins the run, or where spaCy knows its first or last
    word as a person elsewhere.
    """
    people = [span for span in named if span.label == "PERSON"]
    of_people = {span.name for span in people}
    before_people = {span.first for span in people}
    labelled = {row for row, label in enumerate(tree.ent) if label}
    taken = rows_of(named) | others | labelled | loud
    found = []
    for first, last in proper_runs(tree, taken):
        has_title = last - first > 1 and is_title(tree.words[first])
        if has_title:
            first += 1
        run = tree.words[first:last]
        is_person = has_title or is_known_person(run, of_people)
        is_word = len("".join(run)) == 1 or is_class(tree, first, last)
        is_office = last in before_people
        if is_word or is_office:
            continue
        if is_person or not begins_sentence(tree, first):
            found.append(Span(first, last, spell_name(run), "PERSON" if is_person else "OTHER"))
    return found


def is_known_person(words, people):
    """Whether several words begin or end with a first name, or with a person's whole name."""
    if len(words) < 2:
        return False
    edges = {words[0], words[-1]}
    return not edges.isdisjoint(people) or not edges.isdisjoint(first_names())


def is_class(tree, first, last):
    """Whether all words of a run are titles and nouns for actors: "Prime Minister"."""
    for row in range(first, last):
        if not is_title(tree.words[row]) and tree.lemma[row] not in actor_nouns():
            return False
    return True


def begins_sentence(tree, row):
    """Whether a sentence begins at a row."""
    return row == 0 or tree.sentence[row - 1] != tree.sentence[row]


def capitalised_rows(tree):
    """The rows of headlines with capitals, and of sentences all of whose words are capitalised.

    A headline has no full stop, and most of its words are capitalised.
    """
    loud = set()
    for first, last in paragraph_runs(tree.sentence):
        if has_capitals(tree.words[first:last]):
            loud.update(range(first, last))
    return loud


def has_capitals(words):
    """Whether the words of a sentence are capitalised as in a headline, or all of them."""
    n = long = capitals = 0
    end = words[0]
    for word in words:
        letter = word[0]
        if letter.isupper():
            capitals += 1
        # Headlines leave short words small.
        long += letter.isupper() or (letter.isalpha() and len(word) > LONGEST_SMALL)
        n += letter.isalpha()
        if letter not in CLOSING:
            end = word
    is_loud = capitals >= n >= LOUD_WORDS
    return is_loud or (end not in SENTENCE_ENDS and capitals > MOST_CAPITALS * long)


def proper_runs(tree, taken):
    """(first, last) of runs of capitalised proper nouns outside the rows taken.

    Hyphens between them are included.
    """
    runs, row = [], 0
    while row < len(tree.words):
        last = row
        while last < len(tree.words) and continues_run(tree, row, last, taken):
            last += 1
        while last > row and not tree.words[last - 1][0].isalnum():
            last -= 1
        if last > row:
            runs.append((row, last))
        row = max(last, row + 1)
    return runs


def continues_run(tree, first, row, taken):
    """Whether a run that begins at `first` takes in a row: a proper noun, or a hyphen inside."""
    if tree.sentence[row] != tree.sentence[first]:
        return False
    word, pos = tree.words[row], tree.pos[row]
    is_proper = pos == "PROPN" and word[0].isupper()
    if is_proper and row not in taken:
        return True
    if row == first:
        return False
    if word == "-" and row + 1 not in taken:
        return True
    return tree.words[row - 1] == "-" and pos in ("PROPN", "NOUN", "X")


def find_repeated(tree, named, others, surnames, loud):
    """Names that the language model saw elsewhere in the article and passed over here."""
    forms = {tuple(tree.words[span.first : span.last]): span.label for span in named}
    single = {(surname,) for surname in surnames if " " not in surname}
    forms |= dict.fromkeys(single, "PERSON")
    sizes = defaultdict(set)
    for form in forms:
        sizes[form[0]].add(len(form))
    longest_first = {word: sorted(each, reverse=True) for word, each in sizes.items()}
    taken = rows_of(named) | others
    found, row = [], 0
    while row < len(tree.words):
        form = form_at(tree, row, forms, longest_first, taken)
        if form is None:
            row += 1
            continue
        first, last = row, row + len(form)
        is_surname = form in single and row not in loud
        if is_surname and has_first_name(tree, row, taken):
            first -= 1
        found.append(Span(first, last, spell_name(tree.words[first:last]), forms[form]))
        row = last
    return found


def form_at(tree, row, forms, sizes, taken):
    """The longest known name that stands from this row on as a name, free of others, or None.

    `sizes` has by a name's first word how many words names that begin so have, the most first.
    """
    for size in sizes.get(tree.words[row], ()):
        last = row + size
        form = tuple(tree.words[row:last])
        # At the end of the text, fewer words are left.
        stands = len(form) == size and form in forms
        if not stands or tree.sentence[row] != tree.sentence[last - 1]:
            continue
        is_name = form[0][0].isupper() and (len(form) > 1 or is_name_alone(tree, row))
        if is_name and taken.isdisjoint(range(row, last)):
            return form
    return None


def is_name_alone(tree, row):
    """Whether a single capitalised word is a name here: a capital alone may begin a sentence."""
    pos = tree.pos[row]
    if pos == "PROPN":
        return True
    if not begins_sentence(tree, row):
        return pos in ("NOUN", "ADJ", "X")
    is_subject = tree.dep[row] in ("nsubj", "nsubjpass", "poss", "compound")
    is_bare = pos in ("NOUN", "VERB") and not tree.below[row]
    return is_subject and is_bare


def has_first_name(tree, row, taken):
    """Whether a first name that spaCy does not know stands before a surname ("Bocar | Thiaw")."""
    before = row - 1
    if row == 0 or before in taken:
        return False
    word = tree.words[before]
    is_joined_name = is_compound(tree, before, row) and word[0].isupper()
    return is_joined_name and not is_title(word)
