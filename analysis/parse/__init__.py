"""Text → sentences, tokens and the parse: `split_`. The only rooms that know the language model."""
