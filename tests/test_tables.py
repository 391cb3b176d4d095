"""What every table promises, whatever the text: its columns and types, spans that hold in the text, order, nothing lost."""

import warnings
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as wb
from analysis.errors import SchemaError

WORDS = "Iran Iranian Tehran U.S. Raisi Ebrahim Ann Miller won’t Iran-backed NATO (IRGC) Jan. 3.5 $20 #tag @a https://a.b/c?d=e_f grave threat not very but GOOD"
MARKS = ". ! ? … ... , : ; “ ” \" ' ’ ‘ « » `` '' ( ) [ ] [1] - – — / \\ & < > * _ # @ 🌧 👍🏽 👨‍👩‍👧 é سلام שלום 雨 ﷽ İ ﬁ".split()
UNSEEN = [" ", "\n", "\n\n", "\r\n", "\t", "\0", "\u00a0", "\u200b", "\u202e", "\u2028", "\u0301", "\u3000", "\x1c", "\x85"]
TEXTS = st.text() | st.lists(st.sampled_from(WORDS.split()) | st.sampled_from(MARKS) | st.sampled_from(UNSEEN)).map("".join)
