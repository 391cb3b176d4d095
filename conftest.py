"""What the examples in docstrings may use without importing it: every public function."""

import pytest

import analysis


@pytest.fixture(autouse=True)
def public_functions(doctest_namespace):
    """Every public function under its name."""
    doctest_namespace.update({name: getattr(analysis, name) for name in analysis.__all__})
