"""Names that the language model passed over: seen elsewhere in the article, or told by their words and capitals."""

from collections import Counter, defaultdict

from ...lexicons import actor_nouns, first_names, noun_types
from ...text import LOUD_WORDS
from .spans import Span, spell_name
from .titles import is_title

# In a sentence with a larger share of capitalised words, as headlines have it, a capital does not speak for a name.
MOST_CAPITALS = 0.75


def find_missed(tree, labels, named, others, full):
    """Spans of names that stand outside the names found (`named`) and what else is taken (`others`); `full` as in `full_names`."""
    found = find_compounds(tree, named, others)
    found += find_unlabelled(tree, labels, [*named, *found], others)
    return found + find_repeated(tree, [*named, *found], others, full)


def find_compounds(tree, named, others):
    """Names that end in a small word for an organisation ("the Quds force"), which spaCy does not know as names."""
    taken = {row for span in others for row in range(span.first, span.last)}
    forms, found = {span.name for span in named}, []
    for last, lemma in enumerate(tree.lemma):
        first = last
        while (
            first
            and first - 1 not in taken
            and tree.pos[first - 1] == "PROPN"
            and tree.dep[first - 1] == "compound"
        ):
            first -= 1
        organisation = "organisation" in noun_types(lemma)
        if (
            first < last
            and last not in taken
            and organisation
            and tree.tag[last] == "NN"
            and spell_name(tree.words[first:last]) not in forms
        ):
            found.append(Span(first, last + 1, spell_name(tree.words[first : last + 1]), "ORG"))
    return found


def find_unlabelled(tree, labels, named, others):
    """Names in mid-sentence, or of several words, that spaCy does not label: runs of proper nouns.

    A person where a first name or a title begins the run, or where spaCy knows its first or last word as a person elsewhere.
    """
    people = {span.name for span in named if span.label == "PERSON"}
    before_people = {span.first for span in named if span.label == "PERSON"}
    taken = {row for span in (*named, *others) for row in range(span.first, span.last)} | {
        row for row, label in enumerate(labels) if label
    }
    taken |= capitalised_rows(tree)
    found = []
    for first, last in proper_runs(tree, taken):
        titled = is_title(tree.words[first]) and last - first > 1
        first += titled
        run = tree.words[first:last]
        begins = first == 0 or tree.sentence[first - 1] != tree.sentence[first]
        class_words = all(
            is_title(word) or lemma in actor_nouns()
            for word, lemma in zip(run, tree.lemma[first:last], strict=True)
        )
        person = titled or (
            len(run) > 1
            and (
                run[0] in people
                or run[-1] in people
                or run[0] in first_names()
                or run[-1] in first_names()
            )
        )
        if (
            class_words
            or len("".join(run)) == 1
            or (begins and not person)
            or last in before_people
        ):
            continue
        found.append(Span(first, last, spell_name(run), "PERSON" if person else "OTHER"))
    return found


def capitalised_rows(tree):
    """The rows of headlines with capitals (no full stop, most words capitalised), and of sentences all of whose words are capitalised."""
    words, capitals, last = Counter(), Counter(), {}
    for sentence, word in zip(tree.sentence, tree.words, strict=True):
        words[sentence] += word[0].isalpha()
        capitals[sentence] += word[0].isupper()
        last[sentence] = word if word[0] not in "\"')]" else last.get(sentence, word)
    open_end = {sentence for sentence, word in last.items() if word not in (".", "!", "?", "…")}
    loud = {
        each
        for each in words
        if capitals[each] >= words[each] >= LOUD_WORDS
        or (each in open_end and capitals[each] > MOST_CAPITALS * words[each])
    }
    return {row for row, sentence in enumerate(tree.sentence) if sentence in loud}


def proper_runs(tree, taken):
    """(first, last) of runs of capitalised proper nouns, hyphens between them included, outside the rows taken."""
    proper = [
        pos == "PROPN" and word[0].isupper() and row not in taken
        for row, (pos, word) in enumerate(zip(tree.pos, tree.words, strict=True))
    ]
    runs, row = [], 0
    while row < len(proper):
        last = row
        while last < len(proper) and tree.sentence[last] == tree.sentence[row]:
            hyphen = last > row and tree.words[last] == "-" and last + 1 not in taken
            if not (
                proper[last]
                or hyphen
                or (
                    last > row
                    and tree.words[last - 1] == "-"
                    and tree.pos[last] in ("PROPN", "NOUN", "X")
                )
            ):
                break
            last += 1
        while last > row and not tree.words[last - 1][0].isalnum():
            last -= 1
        if last > row:
            runs.append((row, last))
        row = max(last, row + 1)
    return runs


def find_repeated(tree, named, others, full):
    """Names that the language model saw elsewhere in the article and passed over here."""
    forms = {tuple(tree.words[span.first : span.last]): span.label for span in named}
    surnames = {(surname,) for surname in full if " " not in surname}
    forms |= dict.fromkeys(surnames, "PERSON")
    by_word = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        by_word[form[0]].append(form)
    taken = {row for span in (*named, *others) for row in range(span.first, span.last)}
    loud = capitalised_rows(tree)
    found, row = [], 0
    while row < len(tree.words):
        form = next(
            (
                form
                for form in by_word.get(tree.words[row], ())
                if stands_free(tree, row, form, taken)
            ),
            None,
        )
        if form:
            first = (
                row - 1
                if form in surnames and row not in loud and is_full(tree, row, taken)
                else row
            )
            found.append(
                Span(
                    first,
                    row + len(form),
                    spell_name(tree.words[first : row + len(form)]),
                    forms[form],
                )
            )
        row += len(form) if form else 1
    return found


def stands_free(tree, row, form, taken):
    """Whether a known name stands from this row on, free of other names, as a name (a capital alone may begin a sentence)."""
    rows = range(row, row + len(form))
    if (
        tuple(tree.words[row : rows.stop]) != form
        or not taken.isdisjoint(rows)
        or tree.sentence[row] != tree.sentence[rows.stop - 1]
    ):
        return False
    first_word = row == 0 or tree.sentence[row - 1] != tree.sentence[row]
    subject = (
        first_word
        and tree.pos[row] in ("NOUN", "VERB")
        and tree.dep[row] in ("nsubj", "nsubjpass", "poss", "compound")
        and not tree.below[row]
    )
    as_name = (
        tree.pos[row] == "PROPN"
        or subject
        or (not first_word and tree.pos[row] in ("NOUN", "ADJ", "X"))
    )
    return form[0][0].isupper() and (len(form) > 1 or as_name)


def is_full(tree, row, taken):
    """Whether a first name that spaCy does not know stands before a known surname ("Bocar | Thiaw")."""
    before = row - 1
    joined = (
        row
        and before not in taken
        and tree.head[before] == row
        and tree.dep[before] == "compound"
        and tree.pos[before] == "PROPN"
    )
    return joined and tree.words[before][0].isupper() and not is_title(tree.words[before])
