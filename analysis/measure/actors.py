"""How often actors are mentioned, where, and in which way."""

from .. import schema
from ..errors import SchemaError
from ..find.mentions import choose_mentions
from ..schema import ACTOR_TYPES, REFERRING, UNNAMED
from .answers import check_items, match_answers
from .corrected import add_corrected, asked_codings
from .groups import by_article
from .in_parts import add_up
from .sums import mark_first
from .words import word_rows

# Whoever has this share of the most mentions is not told from whoever has them.
NEARLY = 0.85
# Columns of the mentions that say in which part of the corpus: a rate by them is of its words.
PLACES = ("doc_id", "paragraph_id", "sentence_id")


def select_counted(mentions, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Select the mentions that are counted: the rows behind the numbers of every `count_` function.

    `kinds` is one or more ways of referring that count (by default neither nationality words nor
    titles beside a name nor names inside another name), `types` one or more types of actor (by
    default neither places nor others); None counts all, and one that no mention can have raises
    SchemaError. Mentions that the text leaves open are never counted: see
    `mentions[mentions["actor"].isna()]`.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> select_counted(mentions)["text"].tolist()
    ['Putin']
    >>> select_counted(mentions, kinds=["adjective"])["text"].tolist()
    ['Iranian']
    """
    return choose_mentions(mentions, kinds, types)


def select_meant(mentions, kinds=REFERRING, types=(*ACTOR_TYPES, UNNAMED)):
    """Select the mentions that are counted and those like them that the text leaves open."""
    counted = mentions.index.isin(select_counted(mentions, kinds=kinds, types=types).index)
    left_open = mentions["actor"].isna()
    if kinds is not None:
        left_open &= mentions["kind"].isin([kinds] if isinstance(kinds, str) else list(kinds))
    return mentions[counted | left_open]


def explain_uncounted(mentions):
    """Why each mention is not counted by default: open, adjective, title, part, place, other.

    Nothing for those that are counted.
    """
    types = mentions["actor_type"]
    why = types.where(~types.isin(ACTOR_TYPES), "").fillna("other")
    why = mentions["kind"].where(~mentions["kind"].isin(REFERRING), why)
    return why.where(mentions["actor"].notna(), "open")


@by_article
def count_actors(mentions, tokens=None, *, by=None, kinds=REFERRING, types=ACTOR_TYPES, coded=None):
    """Count how often each actor is mentioned, most often mentioned first.

    One row an actor (and a value of `by`). `kinds` and `types` choose mentions as in
    `select_counted`. `by` is one or more columns of the mentions table: "position", "quoted",
    "kind", "role", "paragraph_id", "doc_id" …; any other raises SchemaError. `n` adds up to the
    number of mentions counted. `share` is of the mentions with the same value of `by`, so that it
    adds up to 1 within each: by="role" says what part of all agents an actor is, by="quoted" of all
    mentions in quotation marks, without `by` of all mentions. `per_1000_words` needs `tokens` and
    is missing otherwise; it is per 1,000 words of the article, paragraph or sentence that `by`
    names, else of all words: a rate by position or role is per 1,000 words of the text, not of that
    position.

    With `coded`, codings of who is meant (`read_codings`), `corrected` is how often the actor is
    meant among all mentions, those that the text leaves open among them, and `low` to `high` its
    95 % interval: see `count_stance`. Mentions that were not found are in neither. Too few codings
    or `coded="borrowed"`: an interval from the machine's errors on public data (without `by`, since
    among pronouns it errs more than on the whole). Whom only coders name has no row.

    >>> articles = read_texts("Biden met Putin. Joe Biden left. Vladimir Putin stayed. Putin left.")
    >>> tokens = split_tokens(articles)
    >>> counts = count_actors(find_mentions(articles, tokens), tokens)
    >>> counts[["actor", "n", "share"]].values.tolist()
    [['Vladimir Putin', 3, 0.6], ['Joe Biden', 2, 0.4]]
    """
    by = schema.count_by(by, mentions, "mentions")
    sums = add_up(tally_actors, mentions, tokens, by=by, kinds=kinds, types=types)
    counts = sums["actors"]
    if "actor_type" not in by:
        counts = counts.assign(actor_type=counts["actor"].map(most_frequent_type(sums["types"])))
    beside = counts["n"].sum()
    if by:
        beside = counts.groupby(by, dropna=False)["n"].transform("sum")
    counts = counts.assign(share=counts["n"] / beside, per_1000_words=float("nan"))
    if tokens is not None:
        counts["per_1000_words"] = 1000 * counts["n"] / words_behind(counts, by, sums["all words"])
    rising = [True] * len(by)
    counts = counts.sort_values(
        [*by, "n", "actor"], ascending=[*rising, False, True], ignore_index=True
    )
    counts = counts[list(dict.fromkeys([*by, *schema.columns("actors")]))]
    return counts if coded is None else correct_actors(counts, mentions, by, kinds, types, coded)


def tally_actors(sums, mentions, tokens, *, by, kinds, types):
    """Note how often each actor is mentioned and as what type, and how many words there are."""
    counted = select_counted(mentions, kinds=kinds, types=types)
    sums.count("actors", counted, ["actor", *by])
    count_types(sums, counted)
    if tokens is not None:
        check_reach(counted, tokens)
        sums.count("all words", tokens[word_rows(tokens)], name_places(by))


def name_places(by):
    """Those of the columns counted by that say in which part of the corpus."""
    return [column for column in PLACES if column in by]


def correct_actors(counts, mentions, by, kinds, types, coded):
    """Counts of actors with the corrected number beside each."""
    codings = asked_codings(coded)
    check_items(mentions, codings)
    matched = match_answers(select_meant(mentions, kinds, types), codings, "actor")
    keys = [column for column in by if column != "actor"]
    return add_corrected(counts, matched, keys, lambda row: row.actor, task="actor", counted=True)


def count_types(sums, counted):
    """Note how often each actor is mentioned as which type."""
    known = counted.dropna(subset=["actor", "actor_type"])
    sums.count("types", known, ["actor", "actor_type"])


def most_frequent_type(types):
    """The type that most mentions of an actor have, by actor; of its mentions as each type."""
    first = types.sort_values(["actor", "n", "actor_type"], ascending=[True, False, True])
    return first.drop_duplicates("actor").set_index("actor")["actor_type"]


def words_behind(counts, by, words):
    """How many words there are behind each count.

    In all, or in the article, paragraph or sentence that was counted by.
    """
    place = name_places(by)
    if not place:
        return max(words["n"].sum(), 1)
    words = words.rename(columns={"n": "words"})
    return counts[place].merge(words, on=place, how="left")["words"].to_numpy()


def select_leaders(counts):
    """Select the actors that are mentioned most often, of a table of actors and their `n`.

    More than one where the next has nearly as many mentions: so near, counts err either way.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"actor": ["Ann", "Bob", "Cem"], "n": [18, 16, 9]})
    >>> select_leaders(counts)["actor"].tolist()
    ['Ann', 'Bob']
    """
    most_first = counts.sort_values("n", ascending=False, kind="stable")
    return most_first[most_first["n"] >= NEARLY * most_first["n"].max()]


@by_article
def count_prominence(mentions, tokens, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Count what makes an actor prominent: one row an actor, most often mentioned first.

    `kinds` and `types` choose mentions as in `select_counted`. How often an actor is mentioned
    (`n`, `share` of all mentions counted), who is mentioned first (`order`), how often in the
    headline and in the lead, in how many paragraphs, and how evenly over them (`dispersion`). That
    is Gries' deviation of proportions (DP): half the sum, over all paragraphs, of the difference
    between a paragraph's share of the actor's mentions and its share of the words. 0: the actor is
    spread as the words are; near 1: all in one short paragraph. An actor mentioned once or twice
    cannot be spread: read DP beside `n`. Of several articles, all paragraphs count together, and
    `order` is that of the articles in `tokens`. Tokens that lack an article of the mentions raise
    SchemaError.

    Gries, S. Th. 2008: Dispersions and adjusted frequencies in corpora. International Journal of
    Corpus Linguistics 13(4).

    >>> articles = read_texts("Putin met Joe Biden.\\n\\nPutin met reporters again.")
    >>> tokens = split_tokens(articles)
    >>> counts = count_prominence(find_mentions(articles, tokens), tokens)
    >>> counts[["actor", "n", "order", "paragraphs", "dispersion"]].values.tolist()
    [['Putin', 2, 1, 2, 0.0], ['Joe Biden', 1, 2, 1, 0.5]]
    """
    chosen = {"kinds": kinds, "types": types}
    sums = add_up(tally_prominence, mentions, tokens, **chosen)
    seen = sums["actors"].set_index("actor").assign(order=range(1, len(sums["actors"]) + 1))
    dispersion = measure_dispersion(sums["paragraphs"], sums["all words"]["n"].sum())
    numbers = seen.assign(dispersion=dispersion)
    counts = count_actors(mentions, **chosen)
    for column in ("order", "headline", "lead", "paragraphs", "dispersion"):
        counts[column] = counts["actor"].map(numbers[column]).fillna(0)
    return schema.table(counts, "prominence")


def tally_prominence(sums, mentions, tokens, *, kinds, types):
    """Note where each actor is mentioned, in order of first mention, and how densely."""
    counted = select_counted(mentions, kinds=kinds, types=types)
    check_same_articles(counted, tokens)
    counted = put_in_order_of_mention(counted, tokens)
    where = {"headline": counted["position"] == "headline", "lead": counted["position"] == "lead"}
    paragraph = ["doc_id", "paragraph_id"]
    seen = counted.assign(
        **{place: is_there.astype("int64") for place, is_there in where.items()},
        paragraphs=mark_first(counted, ["actor", *paragraph]),
    )
    sums.add("actors", seen, ["actor"], dict.fromkeys([*where, "paragraphs"], "sum"))
    words = tokens[word_rows(tokens)]
    sums.count("all words", words, [])
    inside = counted.groupby(["actor", *paragraph]).size().rename("mentions").reset_index()
    sizes = words.groupby(paragraph).size().rename("words").reset_index()
    inside = inside.merge(sizes, on=paragraph, how="left").fillna({"words": 0})
    # Paragraphs that are alike in both need not be told apart.
    sums.count("paragraphs", inside, ["actor", "mentions", "words"])


def check_same_articles(mentions, tokens):
    """Refuse tokens that lack an article of the mentions."""
    if not mentions["doc_id"].isin(schema.check(tokens, "tokens")["doc_id"].unique()).all():
        raise SchemaError(
            "the tokens are not of the article that the mentions are of. "
            "Make the mentions with find_mentions(articles, tokens)."
        )


def check_reach(mentions, tokens):
    """Refuse tokens of an article that end before its mentions do."""
    last = schema.check(tokens, "tokens").groupby("doc_id", sort=False)["end"].max()
    ends = mentions["doc_id"].map(last.to_dict()).astype("float64")
    if (mentions["start"] >= ends).any():
        raise SchemaError(
            "the tokens end before the mentions do, as after head(…). "
            "Pass the whole table, or filter both by the same sentences."
        )


def put_in_order_of_mention(counted, tokens):
    """The mentions in the order of the articles of the tokens, then of the text."""
    place = {doc_id: number for number, doc_id in enumerate(tokens["doc_id"].unique())}
    placed = counted.assign(article=counted["doc_id"].map(place))
    return placed.sort_values(["article", "start", "end"], kind="stable")


def measure_dispersion(paragraphs, words):
    """Gries' DP of each actor over the paragraphs that have words, of so many words in all.

    `paragraphs` has the actor's `mentions` and the `words` of a paragraph, `n` times.
    """
    rows = paragraphs.sort_values(["actor", "mentions", "words"])
    own = (rows["mentions"] * rows["n"]).groupby(rows["actor"]).transform("sum")
    observed, expected = rows["mentions"] / own, rows["words"] / max(words, 1)
    # Paragraphs without the actor add what is expected of them: all there is, less what is
    # expected where the actor is.
    beyond = ((observed - expected).abs() - expected) * rows["n"]
    return (beyond.groupby(rows["actor"]).sum() + min(words, 1)) / 2
