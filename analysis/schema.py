"""Every table and every column of the workbook, in one place.

Run ``python -m analysis.schema`` to print CODEBOOK.md.
"""

import difflib

import pandas as pd

from .errors import SchemaError

# column -> (kind, what it holds). Kinds: text, whole (a whole number), place (a whole number that can be missing), number, truth (True or False).
COLUMNS = {
    "doc_id": ("text", "Which article: the first 12 hexadecimal digits of the SHA-256 of its text."),
    "title": ("text", "Headline, where the source states it; missing otherwise."),
    "outlet": ("text", "Who published the article; missing where unknown."),
    "published": ("text", "Date of publication as the source gives it, YYYY-MM-DD where it gives a calendar date; missing where unknown."),
    "url": ("text", "Address of the article, where the source states it."),
    "text": (
        "text",
        "In the articles table, the whole text as the file has it (of a web page, the article as trafilatura extracts it; of "
        "Markdown, the words without the markup). Elsewhere, `text[start:end]` of the article.",
    ),
    "source": ("text", "The file (and the row in it) that the article was read from."),
    "known_from": ("text", "How title, outlet and date are known: stated, inferred (and from what), or unknown."),
    "outside": ("whole", "How many letters and marks of a web page are not in `text`: navigation, adverts, comments; 0 for other files."),
    "left_out": ("text", "Why the article is not analysed, and what to do about it; missing if it is analysed."),
    "sentence_id": ("whole", "Number of the sentence in its article, from 1."),
    "paragraph_id": ("whole", "Number of the paragraph in its article, from 1."),
    "token_id": ("whole", "Number of the token in its sentence, from 1 (ID in CoNLL-U)."),
    "start": ("whole", "Where the span begins: 0-based, in Python characters of the article's unmodified text."),
    "end": ("whole", "Where the span ends (half-open): `text[start:end]` is what the row speaks of."),
    "token": ("text", "The word or mark as it stands in the text (FORM in CoNLL-U)."),
    "lemma": ("text", "Dictionary form of the token."),
    "pos": ("text", "Part of speech, Universal Dependencies (UPOS)."),
    "tag": ("text", "Part of speech, Penn Treebank (XPOS)."),
    "head": ("whole", "`token_id` of the word this one depends on, in the same sentence; 0 for the root."),
    "dep": ("text", "Grammatical relation to the head (ClearNLP labels, as spaCy's English models give them)."),
    "ent": ("text", "Entity label of spaCy in BIO form (B-PERSON, I-PERSON …); missing outside entities."),
    "negative": (
        "number",
        "0 to 1. In sentiment, share of negative wording (VADER's neg); in stance, probability that the tone towards the actor is negative.",
    ),
    "neutral": ("number", "0 to 1. In sentiment, share of neutral wording (VADER's neu); in stance, probability of a neutral tone."),
    "positive": ("number", "0 to 1. In sentiment, share of positive wording (VADER's pos); in stance, probability of a positive tone."),
    "compound": ("number", "VADER's compound score, -1 (most negative) to 1 (most positive)."),
    "label": (
        "text",
        "In sentiment, `negative` if compound ≤ -0.05, `positive` if ≥ 0.05, else `neutral` (Hutto & Gilbert 2014). In stance, the most probable "
        "tone; missing where its probability is below 0.5.",
    ),
    "tone": ("number", "Tone towards the actor: probability of positive minus probability of negative, -1 to 1; in counts, the mean."),
    "voice": (
        "text",
        "In whose words the mention stands: an actor, `unnamed speaker`, or `journalist` outside all reported speech; missing if not asked for.",
    ),
    "unread": ("text", "Speech in the sentence that was left out when a mention in the journalist's words was scored: `start-end`, joined by `;`."),
    "basis": ("text", "Which method scored the mention, or why it has no label or no score."),
    "sentences": ("whole", "In how many different sentences."),
    "n_negative": ("whole", "Mentions labelled negative."),
    "n_neutral": ("whole", "Mentions labelled neutral."),
    "n_positive": ("whole", "Mentions labelled positive."),
    "n_unsure": ("whole", "Mentions scored and too unsure to label."),
    "low": ("number", "Lower end of the 95 % interval."),
    "high": ("number", "Upper end of the 95 % interval."),
    "vader": ("number", "VADER's compound score of the whole sentence, -1 to 1."),
    "lexicon": ("number", "Tone towards the actor by VADER's words around the mention, -1 to 1."),
    "model": ("number", "Tone towards the actor by the model, -1 to 1."),
    "spread": ("number", "The greatest difference between the tones beside it."),
    "mention_start": ("whole", "Where the mention begins towards which the tone is scored."),
    "mention_end": ("whole", "Where that mention ends."),
    "weight": ("number", "Tone of the sentence minus its tone without the word: below 0, the word makes it more negative."),
    "edit": ("text", "What was changed: `old → new`."),
    "sentence": ("text", "The sentence with the change made."),
    "change": ("number", "Tone minus that of the sentence as it is."),
    "name": ("text", "The name put in the place of the mention."),
    "group": ("text", "What the name stands for (a country, a gender, a party …), as `data/name_swaps.csv` has it."),
    "shift": ("number", "Tone with this name minus the mean over all names in the same sentence; in counts, the mean of that."),
    "worst": ("number", "The greatest shift in one sentence, either way."),
    "lowest_name": ("text", "The name with which the tone is lowest."),
    "lowest": ("number", "That tone."),
    "highest_name": ("text", "The name with which the tone is highest."),
    "highest": ("number", "That tone."),
    "valence": ("number", "What the lexicon says of the word: mean of ten raters, -4 to 4."),
    "score": ("number", "What the word added to its sentence after the rules fired; in counts, the sum of that."),
    "alias": ("text", "A name under which an actor appears."),
    "actor": ("text", "Who is meant, by one name throughout the article; missing where the text leaves it open."),
    "actor_type": ("text", "`person`, `organisation`, `state`, `place`, or `other` (an agreement, a law, an event; a name of unknown kind)."),
    "kind": (
        "text",
        "In sentences: `sentence` or `heading`. In mentions, how the actor is referred to: `name` (in full), `alias` (surname, "
        "short or curated form), `acronym`, `title` (before a name), `adjective` (nationality word), `metonym` (a capital or a "
        "seat for its government), `description` (“the general”), `pronoun`, `part` (a name inside somebody else's name: the "
        "United States in “US State Department”).",
    ),
    "role": (
        "text",
        "What the mention does in its clause: `agent` (does something), `patient` (has something done to it), `possessor`, "
        "`addressee` (is spoken, written or given to), `other` (named in passing).",
    ),
    "position": ("text", "Where in the article: `headline`, `lead` (the first paragraph of the text) or `rest`."),
    "quoted": ("truth", "Whether it stands inside quotation marks."),
    "order": ("whole", "Rank by first mention: 1 is whoever is mentioned first."),
    "headline": ("whole", "Mentions in the headline."),
    "lead": ("whole", "Mentions in the first paragraph of the text."),
    "paragraphs": ("whole", "In how many paragraphs."),
    "dispersion": ("number", "Gries' DP over paragraphs: 0 is spread evenly, near 1 is all in one place (Gries 2008)."),
    "other": ("text", "The other actor of the pair."),
    "choice": ("text", "What was counted."),
    "rank": (
        "number",
        "Rank by `n`, 1 the most mentioned; equal counts share a rank. In stance_counts by tone, 1 the most positive; missing for too few sentences.",
    ),
    "action": ("text", "`merge`, `rename`, `split`, `relabel`, `drop` or `add`."),
    "to": ("text", "The new actor name (merge, rename, split)."),
    "note": ("text", "Why, in the reader's own words."),
    "outcome": ("text", "What became of it, in plain words."),
    "quote_id": ("whole", "Number of the quotation in its article, from 1."),
    "spans": ("text", "Where the content stands: one or more `start-end`, joined by `;`, in characters of the article's text."),
    "content": ("text", "What was said, its spans joined by “ … ”; quotation marks included."),
    "speaker": ("text", "The words that name who says it, as they stand in the text; missing where the text names nobody."),
    "speaker_start": ("place", "Where `speaker` begins; missing where there is none."),
    "speaker_end": ("place", "Where `speaker` ends."),
    "cue": ("text", "The reporting verb or phrase as it stands in the text; missing where there is none."),
    "cue_start": ("place", "Where `cue` begins; missing where there is none."),
    "cue_end": ("place", "Where `cue` ends."),
    "cue_verb": ("text", "Dictionary form of the cue: *say*, *according to*."),
    "cue_class": (
        "text",
        "`neutral` (say), `assertive` (insist), `factive` (reveal: taken as true), `doubting` (claim), `emotive` (blast), "
        "`directive` (urge), `commissive` (threaten, promise), `discourse` (add), `manner` (shout), `mental` (believe).",
    ),
    "quote_type": (
        "text",
        "`direct` (all in quotation marks), `mixed` (partly), `indirect` (no marks); `scare` (in marks, nobody's speech: so-called, ironic) "
        "or `title` (a work, a programme).",
    ),
    "status": ("text", "`asserted`, `denied` (did not say) or `hypothetical` (would say)."),
    "anonymous": ("truth", "Whether the speaker is a person whom the text describes and does not name (“a source close to …”)."),
    "level": ("whole", "1, or one more for each quotation that this one stands in."),
    "quotations": ("whole", "How many quotations."),
    "quoted_words": ("whole", "Words inside quotation marks."),
    "reported_words": ("whole", "Words of reported speech outside quotation marks."),
    "longest": ("whole", "Words of the longest quotation."),
    "mentions": ("whole", "Mentions, as `count_actors` counts them."),
    "verb": ("text", "What is done: dictionary form of the verb, with “not” before it where it is denied."),
    "target": ("text", "To whom it is done: an actor; in edits, the name towards which the tone is scored."),
    "rule": ("text", "In plain words, why the row is there or is linked as it is."),
    "n": ("whole", "How many: a count of rows."),
    "share": ("number", "This count as a share of all that was counted beside it, 0 to 1."),
    "per_1000_words": ("number", "Count per 1,000 words of the article(s). A word is a token that begins with a letter or digit."),
    "word": ("text", "The word in small letters."),
    "left": ("text", "What stands before the hit in its sentence."),
    "hit": ("text", "The word that was looked for, as it stands in the text."),
    "right": ("text", "What stands after the hit in its sentence."),
}

# Kinds of mention that name the actor, and types of actor.
NAMED = ("name", "alias", "acronym", "metonym")
TYPES = ("person", "organisation", "state", "place", "other")

# Names that other tools give to the columns of the articles table.
SYNONYMS = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "articlebody", "article_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication", "sitename", "newspaper"),
    "published": ("published", "date", "pubdate", "publish_date", "publication_date"),
    "url": ("url", "link", "href"),
}

# table -> (what a row is, its columns in order).
TABLES = {
    "articles": (
        "One row an article.",
        "doc_id title outlet published url text source known_from outside left_out",
    ),
    "boilerplate": (
        "One row a passage that belongs to the page, not to the article, and is left out of every analysis.",
        "doc_id start end text rule",
    ),
    "sentences": ("One row a sentence or heading.", "doc_id sentence_id paragraph_id start end kind text"),
    "tokens": (
        "One row a token, as CoNLL-U would hold it: the parse, from which all else is read.",
        "doc_id sentence_id paragraph_id token_id start end token lemma pos tag head dep ent",
    ),
    "words": ("One row a word (lemma and part of speech).", "lemma pos n share per_1000_words"),
    "hits": ("One row a hit of a word search, in its context (a concordance).", "doc_id sentence_id paragraph_id start end left hit right"),
    "sentiment": (
        "One row a sentence.",
        "doc_id sentence_id paragraph_id start end text negative neutral positive compound label",
    ),
    "paragraph_sentiment": (
        "One row a paragraph: the means of its sentences.",
        "doc_id paragraph_id start end n negative neutral positive compound label",
    ),
    "tone_words": (
        "One row a word (or run of marks) that moved the score of its sentence.",
        "doc_id sentence_id paragraph_id start end text valence score rule",
    ),
    "tone_word_counts": ("One row a word that moved the score of some sentence.", "word n score"),
    "stance": (
        "One row a mention, as in mentions, with the tone in which its sentence speaks of the actor.",
        "doc_id sentence_id paragraph_id start end text actor actor_type kind rule role position quoted voice unread negative "
        "neutral positive tone label basis",
    ),
    "stance_counts": (
        "One row an actor: in what tone it is spoken of.",
        "actor actor_type n sentences n_negative n_neutral n_positive n_unsure tone low high rank",
    ),
    "methods": (
        "One row a mention, with its tone by three methods.",
        "doc_id sentence_id paragraph_id start end text actor vader lexicon model spread rule",
    ),
    "stance_words": (
        "One row a scored mention and word of its sentence. `start` and `end` are of the word.",
        "doc_id sentence_id paragraph_id start end text actor mention_start mention_end weight",
    ),
    "edits": ("One row a form of a sentence.", "edit sentence target negative neutral positive tone label change"),
    "name_swaps": (
        "One row a mention by name and a name put in its place.",
        "doc_id sentence_id paragraph_id start end text actor name group tone shift",
    ),
    "name_swap_counts": ("One row a name put in the place of others.", "group name n tone shift worst"),
    "worst_swaps": (
        "One row a mention by name: with which names its tone is lowest and highest.",
        "doc_id sentence_id paragraph_id start end text lowest_name lowest highest_name highest spread",
    ),
    "aliases": ("One row a name under which a state or a well-known organisation appears.", "alias actor actor_type kind"),
    "mentions": (
        "One row a mention of an actor or place.",
        "doc_id sentence_id paragraph_id start end text actor actor_type kind rule role position quoted",
    ),
    "actors": ("One row an actor.", "actor actor_type n share per_1000_words"),
    "prominence": (
        "One row an actor: how prominent it is in the article.",
        "actor actor_type n share order headline lead paragraphs dispersion",
    ),
    "roles": ("One row an actor and grammatical role.", "actor actor_type role n share"),
    "actions": (
        "One row an act of one actor towards another: who does what to whom. `start` and `end` are of the verb.",
        "doc_id sentence_id paragraph_id start end text actor verb target rule",
    ),
    "comentions": ("One row a pair of actors mentioned in the same sentence or paragraph.", "actor other n share"),
    "choices": (
        "One row an actor under one choice of what counts as a mention.",
        "choice actor actor_type n rank",
    ),
    "quotes": (
        "One row a quotation, direct, mixed or indirect, or other words in quotation marks. `start` to `end` is from its first span to its last.",
        "doc_id quote_id sentence_id paragraph_id start end spans content speaker speaker_start speaker_end actor cue cue_start cue_end "
        "cue_verb cue_class quote_type status anonymous level rule",
    ),
    "dates": ("One row an expression of time, as it stands in the text.", "doc_id sentence_id paragraph_id start end text rule"),
    "hearsay": ("One row a word that marks hearsay (“reportedly”).", "doc_id sentence_id paragraph_id start end text rule"),
    "cues": ("One row an actor and reporting verb.", "actor cue_verb cue_class n"),
    "voices": (
        "One row an actor (or the unnamed, together): its share of the article's voice.",
        "actor actor_type quotations quoted_words reported_words share longest order mentions",
    ),
    "talk": ("One row a speaker and an actor of whom the speaker speaks.", "speaker actor n"),
    "corrections": (
        "One row a correction that a reader makes to the mentions, kept in a CSV file beside the article.",
        "action start end text actor actor_type kind to note",
    ),
    "corrections_made": (
        "One row a correction, with what became of it.",
        "doc_id action start end text actor actor_type kind to note n outcome",
    ),
}

DTYPES = {"text": "str", "whole": "int64", "number": "float64", "truth": "bool", "place": "Int64"}


def columns(name):
    """The column names of the table `name`, in order, as a list."""
    return TABLES[name][1].split()


def table(rows, name):
    """Make the table `name` of `rows` (dicts, or sequences in column order), with its columns and types even when empty."""
    frame = pd.DataFrame(rows, columns=columns(name))
    return frame.astype({column: DTYPES[COLUMNS[column][0]] for column in frame})


def check(frame, name):
    """Return `frame` if it has every column of the table `name`; raise SchemaError with the mend otherwise.

    >>> check(pd.DataFrame({"body": ["A text."]}), "articles")
    Traceback (most recent call last):
    ...
    analysis.errors.SchemaError: not an articles table: no column `doc_id`. Make one with read_articles(...).
    """
    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"expected the {name} table (a pandas DataFrame), got {type(frame).__name__}. {MAKERS[name]}")
    for column in columns(name):
        if column not in frame.columns:
            others = [str(other) for other in frame.columns if other not in columns(name)]
            near = [other for other in others if other.lower() in SYNONYMS.get(column, ())] or difflib.get_close_matches(
                column, others, 1, cutoff=0.6
            )
            hint = f" Did you mean `{near[0]}`? Rename it." if near else f" {MAKERS[name]}"
            article = "an" if name[0] in "aeiou" else "a"
            raise SchemaError(f"not {article} {name} table: no column `{column}`.{hint}")
    return frame


MAKERS = {
    name: f"Make one with {maker}."
    for name, maker in {
        "articles": "read_articles(...)",
        "boilerplate": "find_boilerplate(articles)",
        "sentences": "split_sentences(articles)",
        "tokens": "split_tokens(articles)",
        "words": "count_words(tokens)",
        "hits": "find_words(articles, tokens, 'word')",
        "sentiment": "score_sentiment(sentences)",
        "paragraph_sentiment": "score_sentiment(sentences, by='paragraph')",
        "tone_words": "find_tone_words(sentences)",
        "tone_word_counts": "count_tone_words(tone_words)",
        "stance": "score_stance(mentions, sentences)",
        "stance_counts": "count_stance(stance)",
        "methods": "compare_methods(stance, sentences)",
        "stance_words": "find_stance_words(stance, sentences)",
        "edits": "compare_edits(text, target, edits)",
        "name_swaps": "find_name_swaps(stance, sentences, 'nationality')",
        "name_swap_counts": "count_name_swaps(swaps)",
        "worst_swaps": "find_worst_swaps(swaps)",
        "aliases": "read_actors()",
        "mentions": "find_mentions(articles, tokens)",
        "actors": "count_actors(mentions, tokens)",
        "prominence": "count_prominence(mentions, tokens)",
        "roles": "count_roles(mentions)",
        "actions": "find_actions(mentions, tokens)",
        "comentions": "count_comentions(mentions)",
        "choices": "compare_choices(mentions)",
        "quotes": "find_quotes(articles, tokens, mentions)",
        "dates": "find_dates(articles, tokens)",
        "hearsay": "find_hearsay(tokens)",
        "cues": "count_cues(quotes)",
        "voices": "count_voices(quotes, mentions, tokens)",
        "talk": "count_talk(quotes, mentions)",
        "corrections": "read_corrections(articles)",
        "corrections_made": "describe_corrections(mentions)",
    }.items()
}


def codebook():
    """CODEBOOK.md as text: every table, every column, its type and meaning."""
    lines = [
        "# Codebook",
        "",
        "Written from `analysis/schema.py` by `python -m analysis.schema > CODEBOOK.md`; a test says that it is current.",
        "Offsets are 0-based, half-open, in Python characters of the article's unmodified `text`. Numbers of sentences,",
        "paragraphs and tokens start at 1, as a reader counts. Unknown is a missing value, never a guess.",
    ]
    for name, (meaning, _) in TABLES.items():
        lines += ["", f"## {name}", "", f"{meaning} {MAKERS[name]}", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{column}` | {COLUMNS[column][0]} | {COLUMNS[column][1]} |" for column in columns(name)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(codebook(), end="")
