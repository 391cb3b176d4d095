"""What `import analysis as wb` offers, room by room: for editors, and for lazy-loader."""

from . import schema as schema
from .lexicons import (
    read_accuracy as read_accuracy,
    read_fairness as read_fairness,
    read_actors as read_actors,
    read_model_card as read_model_card,
    read_reliability as read_reliability,
    read_stopwords as read_stopwords,
)
from .read.articles import (
    read_articles as read_articles,
    read_teaching as read_teaching,
    read_texts as read_texts,
)
from .read.classroom import (
    read_class as read_class,
    read_class_files as read_class_files,
)
from .read.codings import (
    read_coding_rules as read_coding_rules,
    read_codings as read_codings,
)
from .read.corrections import read_corrections as read_corrections
from .read.dictionaries import read_dictionary as read_dictionary
from .read.matrices import read_matrix as read_matrix
from .read.stored import read_tables as read_tables
from .parse.sentences import split_sentences as split_sentences
from .parse.tokens import split_tokens as split_tokens
from .find.across import find_same_actors as find_same_actors
from .find.acts import find_actions as find_actions
from .find.alone import find_told_alone as find_told_alone
from .find.boilerplate import find_boilerplate as find_boilerplate
from .find.conflicts import find_conflicts as find_conflicts
from .find.copies import find_copies as find_copies
from .find.dates import find_dates as find_dates
from .find.doers import find_missing_doers as find_missing_doers
from .find.figures import find_figures as find_figures
from .find.events import find_events as find_events
from .find.hearsay import find_hearsay as find_hearsay
from .find.keywords import (
    find_keyword as find_keyword,
    find_words as find_words,
)
from .find.labels import find_labels as find_labels
from .find.mentions import find_mentions as find_mentions
from .find.near_copies import find_near_copies as find_near_copies
from .find.places import find_places as find_places
from .find.quotes import find_quotes as find_quotes
from .find.speech.stretches import find_speech as find_speech
from .find.terms import find_terms as find_terms
from .find.vouching import find_vouching as find_vouching
from .measure.actors import (
    count_actors as count_actors,
    count_prominence as count_prominence,
    select_counted as select_counted,
)
from .measure.agreement import (
    score_agreement as score_agreement,
    select_disagreements as select_disagreements,
)
from .measure.answers import select_usable as select_usable
from .measure.checking import (
    describe_check as describe_check,
    describe_codings as describe_codings,
)
from .measure.choices import (
    compare_choices as compare_choices,
    describe_choices as describe_choices,
    select_chosen as select_chosen,
)
from .measure.classroom import (
    count_answers as count_answers,
    describe_class as describe_class,
    score_class as score_class,
    score_coders as score_coders,
)
from .measure.collocates import (
    count_collocates as count_collocates,
    select_collocates as select_collocates,
)
from .measure.comparison import (
    compare_groups as compare_groups,
    describe_groups as describe_groups,
    select_typical as select_typical,
)
from .measure.copies import count_copies as count_copies
from .measure.corrections import describe_corrections as describe_corrections
from .measure.differences import describe_differences as describe_differences
from .measure.disputed import (
    count_disputed as count_disputed,
    select_disputed as select_disputed,
)
from .measure.diversity import (
    score_diversity as score_diversity,
    score_readability as score_readability,
)
from .measure.doers import count_missing_doers as count_missing_doers
from .measure.groups import select_tokens as select_tokens
from .measure.headline import compare_headline as compare_headline
from .measure.keyness import compare_words as compare_words
from .measure.labels import count_labels as count_labels
from .measure.left_out import describe_left_out as describe_left_out
from .measure.matrix import count_matrix as count_matrix
from .measure.methods import (
    describe_methods as describe_methods,
    describe_fairness as describe_fairness,
    describe_models as describe_models,
)
from .measure.precision import describe_precision as describe_precision
from .measure.places import count_places as count_places
from .measure.roles import count_roles as count_roles, select_stated as select_stated
from .measure.salience import score_salience as score_salience
from .measure.sampling import sample_rows as sample_rows
from .measure.source import (
    describe_run as describe_run,
    describe_care as describe_care,
    describe_source as describe_source,
)
from .measure.summary import (
    describe_article as describe_article,
    describe_findings as describe_findings,
)
from .measure.talk import (
    count_talk as count_talk,
    select_spoken_about as select_spoken_about,
)
from .measure.terms import count_terms as count_terms
from .measure.timeline import (
    describe_timeline as describe_timeline,
    select_dated as select_dated,
)
from .measure.together import (
    count_comentions as count_comentions,
    select_comentions as select_comentions,
)
from .measure.tone.edits import (
    compare_edits as compare_edits,
    score_stance_words as score_stance_words,
)
from .measure.tone.stance import score_stance as score_stance
from .measure.tone.stance_counts import (
    compare_methods as compare_methods,
    compare_stance as compare_stance,
    count_stance as count_stance,
    select_toned as select_toned,
)
from .measure.tone.swaps import (
    compare_name_swaps as compare_name_swaps,
    count_name_swaps as count_name_swaps,
    score_name_swaps as score_name_swaps,
)
from .measure.tone.vader import (
    count_tone_words as count_tone_words,
    score_sentiment as score_sentiment,
    score_tone_words as score_tone_words,
)
from .measure.voices import (
    count_cues as count_cues,
    count_voices as count_voices,
    select_anonymous as select_anonymous,
    select_spoken as select_spoken,
    select_voiced as select_voiced,
)
from .measure.vouching import count_vouching as count_vouching
from .measure.words import count_words as count_words
from .show.charts.actors import (
    draw_actors as draw_actors,
    draw_roles as draw_roles,
)
from .show.charts.choices import draw_choices as draw_choices
from .show.charts.classroom import draw_coders as draw_coders
from .show.charts.comparison import draw_comparison as draw_comparison
from .show.charts.collocates import draw_collocates as draw_collocates
from .show.charts.keyness import draw_keyness as draw_keyness
from .show.charts.keywords import draw_keywords as draw_keywords
from .show.charts.maps import draw_map as draw_map
from .show.charts.coded import (
    draw_corrected as draw_corrected,
    draw_precision as draw_precision,
)
from .show.charts.overtime import draw_over_time as draw_over_time
from .show.charts.places import (
    draw_actors_by_paragraph as draw_actors_by_paragraph,
    draw_dispersion as draw_dispersion,
)
from .show.charts.stance import (
    draw_name_swaps as draw_name_swaps,
    draw_reliability as draw_reliability,
    draw_stance as draw_stance,
    draw_stance_along as draw_stance_along,
    draw_stance_matrix as draw_stance_matrix,
)
from .show.charts.talk import draw_talk as draw_talk
from .show.charts.telling import (
    draw_labels as draw_labels,
    draw_missing_doers as draw_missing_doers,
    draw_vouching as draw_vouching,
)
from .show.charts.terms import draw_terms as draw_terms
from .show.charts.timeline import draw_timeline as draw_timeline
from .show.charts.together import draw_comentions as draw_comentions
from .show.charts.tone import (
    draw_tone as draw_tone,
    draw_tone_words as draw_tone_words,
)
from .show.charts.voices import (
    draw_cues as draw_cues,
    draw_voices as draw_voices,
)
from .show.charts.words import draw_words as draw_words
from .show.checks import check as check
from .show.answers import draw_answers as draw_answers
from .show.concordance import draw_concordance as draw_concordance
from .show.excerpts import (
    draw_passages as draw_passages,
    draw_rows as draw_rows,
    draw_stance_words as draw_stance_words,
    show_passages as show_passages,
)
from .show.figure import enable_charts as enable_charts
from .show.reading import draw_article as draw_article
from .show.sheets import draw_coding_sheet as draw_coding_sheet
from .show.shelf import draw_articles as draw_articles
from .show.tables import (
    draw_accuracy as draw_accuracy,
    draw_counts as draw_counts,
    draw_disputed as draw_disputed,
    draw_folded as draw_folded,
    draw_note as draw_note,
    draw_table as draw_table,
    draw_text as draw_text,
)
from .report.annotations import (
    write_annotations as write_annotations,
    write_conllu as write_conllu,
)
from .report.coding import code_rows as code_rows
from .report.codings import (
    write_answer as write_answer,
    write_codings as write_codings,
)
from .report.corrections import write_corrections as write_corrections
from .report.corpus.exports import write_export as write_export
from .report.corpus.run import write_corpus as write_corpus
from .report.matrix import write_matrix as write_matrix
from .report.tables import (
    write_tables as write_tables,
    write_workbook as write_workbook,
)
