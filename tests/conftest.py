"""The one parse that tests share."""

from types import SimpleNamespace

import pytest

import analysis as wb


@pytest.fixture(scope="session")
def seeds():
    """The article that comes with the workbook, with its sentences, tokens and mentions."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("WORKBOOK_ARTICLE", raising=False)
        articles = wb.read_articles()
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    return SimpleNamespace(articles=articles, sentences=sentences, tokens=tokens, mentions=wb.find_mentions(articles, tokens))
