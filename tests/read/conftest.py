"""What tests of several forms of files share."""

import pytest

import analysis as wb


@pytest.fixture
def read(tmp_path):
    """Read the articles of a file of some text."""

    def read_file(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8"))
        return wb.read_articles(path)

    return read_file
