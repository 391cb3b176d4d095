"""Charts carry their look in themselves; what a reader has chosen for Altair stays."""

import copy

import altair as alt
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import analysis as wb
from analysis.schema import table
from analysis.show.figure import FIGURE_DATA
from analysis.show.theme import CHARTS

ACTORS = table([("Iran", "state", 3, 0.6, 5.0), ("Raisi", "person", 2, 0.4, 3.3)], "actors")
WORDS = table([("sanction", "NOUN", 2, 0.2, 200.0, 1)], "words")
STANCE_COUNTS = table(
    [("Iran", "state", 8, 6, 4, 3, 0, 1, 0.5, 0.3, 0.7)],
    "stance_counts",
)
SENTIMENT = table(
    [("a", 1, 1, 0, 5, "Good.", 0.0, 0.3, 0.7, 0.5, "positive")],
    "sentiment",
)
# One chart, layers, charts side by side, and a chart that says that there is nothing to draw.
DRAWN = {
    "one": (wb.draw_tone, SENTIMENT),
    "layers": (wb.draw_actors, ACTORS),
    "row": (wb.draw_stance, STANCE_COUNTS),
    "nothing": (wb.draw_actors, ACTORS.head(0)),
}
READERS_LOOK = {"background": "#FFEEDD", "axis": {"labelFontSize": 40}}


@pytest.fixture(params=DRAWN)
def drawn(request):
    """A chart of each kind."""
    draw, counted = DRAWN[request.param]
    return draw(counted)


@pytest.fixture
def readers_theme():
    """A theme that the reader has registered and chosen."""

    @alt.theme.register("reader", enable=False)
    def theme():
        return alt.theme.ThemeConfig(config=READERS_LOOK)

    with alt.theme.enable("reader"):
        yield
    alt.theme.unregister("reader")


@pytest.fixture
def readers_chart():
    """A chart that the reader has made."""
    frame = pd.DataFrame({"word": ["a", "b"], "n": [1, 2]})
    return alt.Chart(frame).mark_bar().encode(x="n:Q", y="word:N")


def chosen():
    """What is in force for all charts."""
    return alt.theme.active, alt.theme.options, alt.renderers.active, alt.renderers.options


def show(chart):
    """What a notebook gets to show."""
    return DisplayFormatter().format(chart)[0]


def test_drawing_and_showing_chooses_neither_theme_nor_renderer(drawn):
    with alt.theme.enable("default"), alt.renderers.enable("default"):
        before = chosen()
        drawn.to_dict()
        drawn.to_json()
        show(drawn)
        assert chosen() == before


def test_a_chart_has_the_look_of_the_workbook_in_its_specification(drawn):
    assert drawn.to_dict()["config"] == CHARTS


def test_a_readers_theme_is_for_the_readers_charts_only(readers_theme, readers_chart, drawn):
    assert drawn.to_dict()["config"] == CHARTS
    assert readers_chart.to_dict()["config"] == READERS_LOOK
    wb.enable_charts()
    assert alt.theme.active == "reader"


def test_a_readers_chart_without_a_theme_stays_as_altair_draws_it(readers_chart):
    with alt.theme.enable("default"), alt.renderers.enable("default"):
        before = readers_chart.to_dict()
        shown = show(readers_chart)
        show(wb.draw_actors(ACTORS))
        assert readers_chart.to_dict() == before
        assert show(readers_chart).keys() == shown.keys()
        wb.enable_charts()
        assert readers_chart.to_dict() == before


def test_without_a_renderer_a_chart_is_a_figure_that_needs_no_network(drawn):
    with alt.renderers.enable("default"):
        figure = show(drawn)
        assert set(figure) == {"text/html", "text/plain", FIGURE_DATA}
        assert 'src="data:image/svg+xml;base64,' in figure["text/html"]
        assert wb.enable_charts().data
        assert alt.renderers.active == "workbook"
        assert show(drawn) == figure


def test_a_renderer_that_the_reader_chose_draws_the_workbooks_charts_too():
    with alt.renderers.enable("svg"):
        wb.enable_charts()
        assert alt.renderers.active == "svg"
        assert "image/svg+xml" in show(wb.draw_actors(ACTORS))


def test_a_chart_that_cannot_be_written_leaves_the_theme_as_it_was():
    with alt.theme.enable("default"):
        with pytest.raises(ValueError, match="format"):
            wb.draw_actors(ACTORS).to_dict(format="none")
        assert alt.theme.active == "default"


@pytest.mark.parametrize(
    "change",
    [
        copy.deepcopy,
        lambda chart: chart.copy(deep=False),
        lambda chart: chart.properties(title="Mine"),
        lambda chart: chart | wb.draw_words(WORDS),
        lambda chart: chart & wb.draw_words(WORDS),
    ],
)
def test_a_chart_that_the_reader_changes_keeps_its_look(readers_theme, drawn, change):
    changed = change(drawn)
    assert changed.to_dict()["config"] == CHARTS
    with alt.renderers.enable("default"):
        assert FIGURE_DATA in show(changed)


def test_a_reader_can_add_marks_and_set_single_looks():
    chart = wb.draw_actors(ACTORS).properties(width=300)
    line = alt.Chart(pd.DataFrame({"n": [2]})).mark_rule().encode(x="n:Q")
    layers = (chart + line).configure_axis(grid=True).to_dict()
    assert layers["width"] == 300
    assert len(layers["layer"]) == len(chart.to_dict()["layer"]) + 1
    assert layers["config"] == {**CHARTS, "axis": {**CHARTS["axis"], "grid": True}}
