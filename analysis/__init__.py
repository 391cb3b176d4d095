"""What an article does: who is in it, who gets to speak, in what tone, in what words. Articles in, tidy tables out.

Importing costs next to nothing: a function's module is loaded when the function is first used.
"""

from importlib import import_module

__version__ = "0.1.0"

# function -> the room it lives in
ROOMS = {
    "read_articles": "articles",
    "read_texts": "articles",
    "find_boilerplate": "articles",
    "read_actors": "lexicons",
    "read_accuracy": "lexicons",
    "read_reliability": "lexicons",
    "split_sentences": "tokens",
    "split_tokens": "tokens",
    "count_words": "words",
    "find_words": "words",
    "score_sentiment": "tone",
    "find_tone_words": "tone",
    "count_tone_words": "tone",
    "find_mentions": "actors",
    "read_corrections": "corrections",
    "describe_corrections": "corrections",
    "find_counted": "counts",
    "count_actors": "counts",
    "count_prominence": "counts",
    "count_comentions": "counts",
    "find_comentions": "counts",
    "compare_choices": "comparisons",
    "describe_choices": "comparisons",
    "find_chosen": "comparisons",
    "count_roles": "roles",
    "find_actions": "roles",
    "find_quotes": "quotes",
    "find_dates": "dates",
    "find_hearsay": "voices",
    "count_cues": "voices",
    "count_voices": "voices",
    "find_voiced": "voices",
    "find_spoken_about": "voices",
    "count_talk": "voices",
    "describe_anonymous": "voices",
    "score_stance": "stance",
    "find_toned": "stance",
    "count_stance": "stance",
    "compare_methods": "stance",
    "find_stance_words": "attribution",
    "compare_edits": "attribution",
    "find_name_swaps": "attribution",
    "count_name_swaps": "attribution",
    "find_worst_swaps": "attribution",
    "describe_source": "provenance",
    "describe_methods": "methods",
    "describe_models": "methods",
    "read_model_card": "methods",
    "describe_left_out": "ledger",
    "describe_run": "provenance",
    "describe_article": "summary",
    "enable_charts": "canvas",
    "write_tables": "exports",
    "write_workbook": "exports",
    "write_annotations": "annotations",
    "write_conllu": "annotations",
    "draw_words": "charts",
    "draw_tone": "charts",
    "draw_tone_words": "charts",
    "draw_actors": "actor_charts",
    "draw_roles": "actor_charts",
    "draw_actors_by_paragraph": "place_charts",
    "draw_dispersion": "place_charts",
    "draw_voices": "voice_charts",
    "draw_cues": "voice_charts",
    "draw_talk": "voice_charts",
    "draw_stance": "stance_charts",
    "draw_stance_along": "stance_charts",
    "draw_stance_matrix": "stance_charts",
    "draw_reliability": "stance_charts",
    "draw_name_swaps": "stance_charts",
    "draw_comentions": "comparison_charts",
    "draw_choices": "comparison_charts",
    "draw_article": "reader",
    "show_passages": "excerpts",
    "draw_passages": "excerpts",
    "draw_rows": "excerpts",
    "draw_stance_words": "excerpts",
    "draw_table": "tables",
    "draw_counts": "tables",
    "draw_note": "tables",
    "draw_text": "tables",
    "draw_accuracy": "tables",
}

__all__ = [*ROOMS, "schema"]


def __getattr__(name):
    if name == "schema":
        return import_module(f"{__name__}.schema")
    if name in ROOMS:
        return getattr(import_module(f"{__name__}.{ROOMS[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}. It has: {', '.join(ROOMS)}.")


def __dir__():
    return [*__all__, "__version__"]
