"""The chart of how close each coder of a class is to the others."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.answers import MACHINE
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, VERMILION
from .parts import lanes

OF_100 = 100
# In pixels: the height of a task, the room of a dot upon another, the lane of one coder.
TASK_HEIGHT, DOT_STEP, CODER_LANE = 46, 12, 22
# Dots nearer to each other than so many points stand upon one another.
TOO_NEAR = 2
CLOSENESS = "answers of the others that are the same, in percent"
WHO = ("coder", MACHINE)


def draw_coders(coders, *, names=False):
    """Draw how close each coder is to the others: a dot a coder, and the machine as one of them.

    `coders` comes from `score_coders`. Nobody is named, so that a class can look at it together;
    with `names` each has a lane, in the order of the names, and no ranking is made. Who stands
    apart may have read more closely than the others, or misread a rule: ask, do not mark.
    """
    schema.check(coders, "class_coders")
    known = coders.dropna(subset=["agreement"])
    if known.empty:
        return draw_nothing("No passage is answered by two")
    is_machine = known["coder"] == MACHINE
    shown = pd.DataFrame(
        {
            "task": known["task"],
            "who": is_machine.map({False: WHO[0], True: MACHINE}),
            "close": OF_100 * known["agreement"],
            "n": known["n"],
        }
    )
    scale = alt.Scale(domain=list(WHO), range=[BLUE, VERMILION])
    marks = alt.Scale(domain=list(WHO), range=["circle", "diamond"])
    x = alt.X("close:Q", title=CLOSENESS, scale=alt.Scale(domain=[0, OF_100]))
    colour = alt.Color("who:N", title=None, scale=scale)
    shape = alt.Shape("who:N", title=None, scale=marks)
    told = [alt.Tooltip("close", format=".0f"), "n", "task"]
    if names:
        chart = draw_named(shown.assign(coder=known["coder"]), x, told)
    else:
        shown["step"] = stack_near(shown)
        tasks = shown["task"].unique().tolist()
        height = DOT_STEP * int(shown["step"].max() + 1) + TASK_HEIGHT
        y = lanes(tasks, column="task")
        base = alt.Chart(shown, height=height * len(tasks)).encode(x=x, y=y, tooltip=told)
        offset = alt.YOffset("step:Q", scale=alt.Scale(domain=[shown["step"].max() + 1, -1]))
        chart = base.encode(yOffset=offset)
    dots = chart.mark_point(size=90, filled=True, opacity=0.9).encode(color=colour, shape=shape)
    source = how_many(known.loc[~is_machine, "coder"].nunique(), "coder")
    source += ", by name" if names else "; each dot is one, without a name"
    return finish_chart(dots, "coders", describe_closeness(known, is_machine), source)


def draw_named(shown, x, told):
    """A lane for each coder, in the order of the names, the machine last."""
    order = sorted(set(shown["coder"]) - {MACHINE}, key=str.casefold)
    order += [MACHINE] if MACHINE in set(shown["coder"]) else []
    several = shown["task"].nunique() > 1
    shown = shown.assign(lane=shown["coder"])
    if several:
        shown["lane"] = shown["coder"] + ", " + shown["task"]
        order = [f"{name}, {task}" for name in order for task in shown["task"].unique()]
        order = [lane for lane in order if lane in set(shown["lane"])]
    base = alt.Chart(shown, height=CODER_LANE * len(order))
    return base.encode(x=x, y=lanes(order, column="lane"), tooltip=["coder", *told])


def stack_near(shown):
    """On which step each dot stands, so that none covers another."""
    steps, taken = {}, {}
    for place in shown.sort_values(["task", "close"], kind="stable").index:
        task, close = shown.loc[place, ["task", "close"]]
        step = 0
        while abs(taken.get((task, step), -OF_100) - close) < TOO_NEAR:
            step += 1
        taken[task, step] = close
        steps[place] = step
    return pd.Series(steps).reindex(shown.index)


def describe_closeness(known, is_machine):
    """Between which figures the coders are, and where the machine is among them."""
    people, machine = known[~is_machine], known[is_machine]
    if people.empty:
        return "No passage is answered by two"
    low, high = OF_100 * people["agreement"].min(), OF_100 * people["agreement"].max()
    said = f"Coders share {low:.0f} to {high:.0f} % of the others’ answers"
    if len(machine) != 1:
        return said
    figure = OF_100 * machine["agreement"].iloc[0]
    return f"{said}, the machine {figure:.0f} %"
