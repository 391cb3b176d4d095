"""A short text, analysed: what tests of several wings start from."""

import analysis as wb


def parts(text):
    """Articles, tokens, speech, mentions, quotes of a text; ¶ stands for a new paragraph."""
    articles = wb.read_texts(text.replace("¶", "\n\n"))
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    return articles, tokens, speech, mentions, wb.find_quotes(articles, tokens, mentions, speech)


def tables_to_quotes(articles):
    """{name: table} of articles, from their sentences to their quotations."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    return {
        "articles": articles,
        "sentences": sentences,
        "tokens": tokens,
        "speech": speech,
        "mentions": mentions,
        "quotes": quotes,
    }


def tables_to_tone(text):
    """{name: table} of a text, from its articles to the tone towards each mention."""
    made = tables_to_quotes(wb.read_texts(text))
    given = (made[name] for name in ("mentions", "sentences", "quotes", "speech"))
    return made | {"stance": wb.score_stance(*given)}
