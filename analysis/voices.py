"""Who gets to speak, for how long, brought by which verbs and about whom; who speaks without a name; hearsay."""

from collections import defaultdict

import numpy as np
import pandas as pd

from . import schema
from .counts import ACTOR_TYPES, REFERRING, check_same_articles, count_actors, find_counted, most_frequent_type
from .errors import SchemaError
from .lexicons import read_lexicon
from .marks import find_marked
from .words import word_rows

# The types of quotation that are somebody's speech, as ironic words and titles in marks are not.
SPEECH = ("direct", "mixed", "indirect")
SENTENCE = ["doc_id", "sentence_id"]
# In whose words a mention stands that stands in no named speaker's.
JOURNALIST, UNNAMED, UNSAID = "journalist", "unnamed speaker", "denied or possible speech"


def find_hearsay(tokens):
    """Find the words that mark hearsay ("reportedly", "the alleged spy", "is said to"): one row a mark, with the reason as its rule.

    The words are listed in `data/hearsay.csv`, each with its source (Chafe, W. 1986: Evidentiality in English conversation and
    academic writing. In: Chafe & Nichols (eds.), Evidentiality; Quirk, R. et al. 1985: A comprehensive grammar of the English
    language; Hyland, K. 1998: Hedging in scientific research articles; Noël, D. 2001: Studies in Language 25; Celle, A. 2009:
    Hearsay adverbs and modality. In: Salkie et al. (eds.), Modality in English). Not listed: "apparently", "seemingly", which
    more often mark what a writer concludes. A word with a `dep` counts in that grammatical relation only: "the alleged spy"
    is hearsay, "prosecutors alleged" has a source. Of two marks in one place the longer counts.

    >>> find_hearsay(split_tokens(read_texts("He reportedly left. She is said to be ill.")))[["text", "rule"]].values.tolist()
    [['reportedly', 'taken from a report that is not named'], ['is said to', 'somebody says it, and the text does not say who']]
    """
    known = defaultdict(list)
    for row in read_lexicon("hearsay").itertuples():
        known[row.word.split()[0]].append((row.word.split(), row.dep, row.why))
    found = []
    for place, rows in schema.check(tokens, "tokens").groupby(SENTENCE, sort=False):
        forms = [{token.lower(), str(lemma).lower()} for token, lemma in zip(rows["token"], rows["lemma"], strict=True)]
        for first, last, why in match_phrases(forms, rows["dep"].tolist(), known):
            words = rows.iloc[first:last]
            start, end = words["start"].iat[0], words["end"].iat[-1]
            found.append((*place, words["paragraph_id"].iat[0], start, end, " ".join(words["token"]), why))
    return schema.table(found, "hearsay")


def match_phrases(forms, deps, known):
    """Where listed phrases stand in one sentence, the longest first: (first, last, why). `forms` are token and lemma of each word."""
    matches, free = [], 0
    for first in range(len(forms)):
        phrases = [phrase for form in forms[first] for phrase in known.get(form, ())]
        for words, dep, why in sorted(phrases, key=lambda phrase: -len(phrase[0])):
            last = first + len(words)
            fits = last <= len(forms) and all(word in form for word, form in zip(words, forms[first:last], strict=True))
            if first >= free and fits and dep in ("", deps[first]):
                matches.append((first, last, why))
                free = last
    return matches


def find_speech(quotes, by=None):
    """Find the quotations that are counted as speech: direct, mixed or indirect, and asserted (neither denied nor hypothetical)."""
    schema.check(quotes, "quotes")
    for wrong in (column for column in by or () if column not in quotes):
        raise SchemaError(f"no column `{wrong}` in the quotes table to count by. Choose from: {', '.join(quotes)}.")
    return quotes[quotes["quote_type"].isin(SPEECH) & (quotes["status"] == "asserted")]


def count_cues(quotes, by=None):
    """Count by which verbs and phrases each speaker is introduced: one row an actor and reporting verb (and a value of `by`), most frequent first.

    Counts asserted speech at any level that a verb or phrase brings: neither what somebody did *not* say or *would* say, nor
    quotations that go on without a new verb. `actor` is missing where the text names nobody. `cue_class` follows the sources
    in `data/reporting_verbs.csv`: whether the verb vouches for what is said, doubts it, or leaves it open. `by` is one or more
    columns of the quotes table, such as "quote_type".

    >>> articles = read_texts("Joe Biden claimed that Iran lied. “We left,” Biden said. “It was late,” Biden said.")
    >>> tokens = split_tokens(articles)
    >>> count_cues(find_quotes(articles, tokens, find_mentions(articles, tokens))).values.tolist()
    [['Joe Biden', 'say', 'neutral', 2], ['Joe Biden', 'claim', 'doubting', 1]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    speech = find_speech(quotes, by).dropna(subset=["cue_verb"])
    columns = list(dict.fromkeys([*by, "actor", "cue_verb", "cue_class"]))
    counts = speech.groupby(columns, dropna=False).size().rename("n").reset_index()
    counts = counts.sort_values([*by, "n", "actor", "cue_verb"], ascending=[*[True] * len(by), False, True, True], ignore_index=True)
    return counts[list(dict.fromkeys([*by, *schema.columns("cues")]))].astype({"n": "int64"})


def count_voices(quotes, mentions, tokens):
    """Count how much each actor gets to say: one row an actor, whoever has most words in quotation marks first.

    Counts asserted speech that does not stand in other speech (`level` 1); the words of somebody quoted by a speaker count for
    the speaker. `quoted_words` stand in quotation marks, `reported_words` are the rest of what is reported; `share` is of all
    quoted words; `longest` counts both. `order` is the rank by first quotation, 0 for whoever is mentioned and never quoted.
    Speech whose speaker the text does not name is the last row, with `actor` missing. To be quoted at length is not to be
    quoted fairly.

    >>> articles = read_texts("“We will not sign this deal,” Joe Biden said. Vladimir Putin left.")
    >>> tokens = split_tokens(articles)
    >>> mentions = find_mentions(articles, tokens)
    >>> voices = count_voices(find_quotes(articles, tokens, mentions), mentions, tokens)
    >>> voices[["actor", "quotations", "quoted_words", "share", "order"]].values.tolist()
    [['Joe Biden', 1, 6, 1.0, 1], ['Vladimir Putin', 0, 0, 0.0, 0]]
    """
    check_same_articles(find_speech(quotes), tokens)
    counted = count_actors(mentions)
    speech = measure_speech(find_speech(quotes).query("level == 1"), tokens)
    sizes = speech.groupby("actor", dropna=False).agg(
        quotations=("quote_id", "size"), quoted_words=("inside", "sum"), reported_words=("outside", "sum"), longest=("words", "max")
    )
    place = {doc_id: number for number, doc_id in enumerate(tokens["doc_id"].unique())}
    first = speech.assign(article=speech["doc_id"].map(place)).sort_values(["article", "start"], kind="stable")["actor"].dropna().drop_duplicates()
    known = mentions.dropna(subset=["actor", "actor_type"])
    types = most_frequent_type(known) if len(known) else {}
    voices = counted[["actor", "n"]].rename(columns={"n": "mentions"}).merge(sizes.reset_index(), on="actor", how="outer")
    voices = voices.assign(
        actor_type=voices["actor"].map(types),
        order=voices["actor"].map({actor: number for number, actor in enumerate(first, 1)}),
        share=voices["quoted_words"] / max(speech["inside"].sum(), 1),
        unnamed=voices["actor"].isna(),
    )
    numbers = ["quotations", "quoted_words", "reported_words", "share", "longest", "order", "mentions"]
    voices = voices.assign(**{column: voices[column].fillna(0) for column in numbers})
    columns = ["unnamed", "quoted_words", "reported_words", "quotations", "mentions", "actor"]
    return schema.table(
        voices.sort_values(columns, ascending=[True, False, False, False, False, True], ignore_index=True)[schema.columns("voices")], "voices"
    )


def measure_speech(quotes, tokens):
    """The quotes with their words inside and outside quotation marks; of a direct quotation all words are inside."""
    sizes = {}
    for doc_id, rows in tokens[tokens["doc_id"].isin(quotes["doc_id"])].groupby("doc_id", sort=False):
        text = restore_text(rows)
        edges = rows.groupby("paragraph_id").agg(start=("start", "min"), end=("end", "max"))
        marked = [mark for edge in edges.itertuples() for mark in find_marked(text, edge.start, edge.end)]
        words = rows[word_rows(rows)]["start"]
        within = sum((words.between(mark.start, mark.end) for mark in marked if mark.level == 1), words * 0) > 0
        for row in quotes[quotes["doc_id"] == doc_id].itertuples():
            said = sum((words.between(start, end - 1) for start, end in read_spans(row.spans)), words * 0) > 0
            sizes[doc_id, row.quote_id] = (said.sum(), said.sum() if row.quote_type == "direct" else (said & within).sum())
    keys = list(zip(quotes["doc_id"], quotes["quote_id"], strict=True))
    words, inside = (pd.Series([sizes[key][side] if key in sizes else 0 for key in keys], index=quotes.index, dtype="int64") for side in (0, 1))
    return quotes.assign(words=words, inside=inside, outside=words - inside)


def restore_text(rows):
    """The text of one article from its tokens, with every token in its place and spaces between."""
    letters = [" "] * int(rows["end"].max())
    for start, end, token in zip(rows["start"], rows["end"], rows["token"], strict=True):
        letters[start:end] = token.ljust(end - start)[: end - start]
    return "".join(letters)


def read_spans(spans):
    """The spans "120-180;201-230" as [(120, 180), (201, 230)]."""
    return [tuple(map(int, span.split("-"))) for span in spans.split(";")] if isinstance(spans, str) and spans else []


def part_quotes(quotes):
    """The quotes with a row for each of their spans: from `span_start` to `span_end`."""
    parts = quotes.assign(span=quotes["spans"].map(read_spans)).explode("span").dropna(subset=["span"])
    edges = pd.DataFrame(parts["span"].tolist(), index=parts.index, columns=["span_start", "span_end"])
    return pd.concat([parts.drop(columns="span"), edges.astype("int64")], axis=1)


def find_voiced(quotes, sentences):
    """Find the passages behind `count_voices`: one row a quotation and sentence that it touches, for `draw_rows` and `draw_passages`.

    `start` to `end` is the part of the quotation in that sentence.

    >>> articles = read_texts("“We left. It was late,” Joe Biden said.")
    >>> tokens = split_tokens(articles)
    >>> quotes = find_quotes(articles, tokens, find_mentions(articles, tokens))
    >>> find_voiced(quotes, split_sentences(articles))[["sentence_id", "start", "end", "actor"]].values.tolist()
    [[1, 0, 9, 'Joe Biden'], [2, 10, 23, 'Joe Biden']]
    """
    parts = part_quotes(find_speech(quotes).query("level == 1"))[["doc_id", "quote_id", "span_start", "span_end", "actor", "rule"]]
    pieces = parts.merge(schema.check(sentences, "sentences"), on="doc_id")
    pieces = pieces[(pieces["span_start"] < pieces["end"]) & (pieces["start"] < pieces["span_end"])]
    pieces = pieces.assign(start=pieces[["start", "span_start"]].max(axis=1), end=pieces[["end", "span_end"]].min(axis=1))
    pieces = pieces.astype({"start": "int64", "end": "int64"})
    return pieces[["doc_id", "sentence_id", "paragraph_id", "start", "end", "quote_id", "actor", "rule"]].reset_index(drop=True)


def find_spoken_about(quotes, mentions, kinds=REFERRING, types=ACTOR_TYPES):
    """Find the mentions that stand inside somebody's speech: the rows behind `count_talk`, with the speaker in `speaker_actor`.

    Of speech in other speech, the innermost speaker speaks. Asserted speech only. Left out is a speaker's I, we, or any other
    pronoun for the speaker; a speaker who names itself stays in. `speaker_actor` is missing where the text names nobody.
    `kinds` and `types` choose mentions as in `find_counted`.
    """
    inside = place_in_speech(find_speech(quotes), find_counted(mentions, kinds, types))
    return inside[~own_pronouns(inside, "speaker_actor")].drop(columns=["mention", "status"]).reset_index(drop=True)


def own_pronouns(mentions, speaker):
    """Which mentions are a speaker's I or we, or any other pronoun for the actor in the column `speaker`."""
    spoken = mentions["rule"].str.startswith("spoken by", na=False)
    return (mentions["kind"] == "pronoun") & ((mentions["actor"] == mentions[speaker]) | spoken)


def place_in_speech(quotes, mentions):
    """The mentions that stand inside the given quotations, with the innermost speaker; `mention` is their number among `mentions`."""
    parts = part_quotes(quotes).rename(columns={"actor": "speaker_actor"})
    parts = parts.sort_values("level", kind="stable")[["doc_id", "quote_id", "span_start", "span_end", "speaker_actor", "status"]]
    inside = mentions.assign(mention=range(len(mentions))).merge(parts, on="doc_id")
    inside = inside[(inside["span_start"] <= inside["start"]) & (inside["end"] <= inside["span_end"])]
    inside = inside.drop_duplicates("mention", keep="last").sort_values("mention", ignore_index=True)
    return inside.drop(columns=["span_start", "span_end"])


def find_voice(quotes, mentions):
    """The mentions with the column `voice`: in whose words each stands.

    An actor's name, "unnamed speaker", "denied or possible speech" (nobody said it), or "journalist" outside all speech. Of
    speech in other speech, the innermost counts.
    """
    schema.check(quotes, "quotes")
    schema.check(mentions, "mentions")
    inside = place_in_speech(quotes[quotes["quote_type"].isin(SPEECH)], mentions)
    said = inside["speaker_actor"].fillna(UNNAMED).where(inside["status"] == "asserted", UNSAID)
    voice = np.full(len(mentions), JOURNALIST, dtype=object)
    voice[inside["mention"]] = said
    return mentions.assign(voice=voice)


def count_talk(quotes, mentions, kinds=REFERRING, types=ACTOR_TYPES):
    """Count who speaks of whom: one row a speaker and an actor of whom the speaker speaks, most often first.

    `n` counts the mentions that `find_spoken_about` gives, pronouns included. `speaker` is missing where the text names nobody.

    >>> articles = read_texts("“Vladimir Putin met Mike Pompeo,” Joe Biden said.")
    >>> tokens = split_tokens(articles)
    >>> mentions = find_mentions(articles, tokens)
    >>> count_talk(find_quotes(articles, tokens, mentions), mentions).values.tolist()
    [['Joe Biden', 'Mike Pompeo', 1], ['Joe Biden', 'Vladimir Putin', 1]]
    """
    inside = find_spoken_about(quotes, mentions, kinds, types)
    counts = inside.groupby(["speaker_actor", "actor"], dropna=False).size().rename("n").reset_index().rename(columns={"speaker_actor": "speaker"})
    return schema.table(counts.sort_values(["n", "speaker", "actor"], ascending=[False, True, True], ignore_index=True), "talk")


def describe_anonymous(quotes):
    """Describe speech of people whom the text describes and does not name ("a source close to …"): one row a quotation.

    Denied and hypothetical speech is shown, too, with its `status`. Whether a newsroom knows the source the text cannot tell.
    """
    schema.check(quotes, "quotes")
    shown = quotes[quotes["anonymous"] & quotes["quote_type"].isin(SPEECH)]
    return shown[["doc_id", "sentence_id", "paragraph_id", "speaker", "cue", "content", "quote_type", "status"]].reset_index(drop=True)
