"""A picture with sliders beside it; without a front end that could move them, the picture alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from IPython.display import DisplayHandle, display

from cnnlab.checks.repeating import GRADED
from cnnlab.figures import style

WIDE = "26em"  # of a slider with its label
NARROW = "4.5em"  # of a number in a grid
VIEW = "application/vnd.jupyter.widget-view+json"
STILL = "Sliders for the picture below: they move in Jupyter and in Colab once the cell has run."


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high`, both included; whole if `step` is whole."""

    label: str
    low: float
    high: float
    value: float
    step: float = 1

    def widget(self) -> Any:
        """The control as a widget with the attribute `value`."""
        import ipywidgets  # takes a while: only where there is a front end

        whole = all(float(one).is_integer() for one in (self.low, self.high, self.value, self.step))
        kind, number = (ipywidgets.IntSlider, int) if whole else (ipywidgets.FloatSlider, float)
        return kind(
            value=number(self.value), min=number(self.low), max=number(self.high), step=number(self.step),
            description=self.label, continuous_update=False, style={"description_width": "initial"},
            layout={"width": WIDE})


@dataclass(frozen=True)
class Choice:
    """One of several options: texts, numbers or pairs (label, value). The first one comes first."""

    label: str
    options: Sequence[Any]

    @property
    def value(self) -> Any:
        """The first option's value."""
        first = self.options[0]
        return first[1] if isinstance(first, tuple) else first

    def widget(self) -> Any:
        """The control as a widget with the attribute `value`."""
        import ipywidgets

        return ipywidgets.Dropdown(
            options=list(self.options), value=self.value, description=self.label,
            style={"description_width": "initial"}, layout={"width": WIDE})


@dataclass(frozen=True)
class Grid:
    """A 2-D array of numbers that can be edited, such as a kernel."""

    label: str
    value: np.ndarray


def explore(draw: Callable[..., None], **controls: Slider | Choice | Grid) -> None:
    """Show what `draw` shows, and a control for each of its arguments that draws it again.

    Parameters
    ----------
    draw
        shows one picture, as the functions of `cnnlab.figures` do. A ValueError is shown as its text, in the
        picture's place.
    controls
        for each argument of `draw` its control.
    """
    values = {name: control.value for name, control in controls.items()}
    if os.environ.get("CNNLAB_PICTURES") == "0":
        draw(**values)
        return
    data, metadata = _picture(draw, values)
    if not _front_end():
        display(data, metadata=metadata, raw=True)
        return
    handle = DisplayHandle()

    def redraw(name: str, value: Any) -> None:
        values[name] = value
        data, metadata = _picture(draw, values)
        handle.update(data, metadata=metadata, raw=True)

    box = _box(controls, redraw)
    view = {VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}, "text/plain": STILL}
    display(view, raw=True)
    handle.display(data, metadata=metadata, raw=True)


def _picture(draw: Callable[..., None], values: dict[str, Any]) -> tuple[dict, dict]:
    """The picture at some values of the controls, as data and metadata; the text of a ValueError in its place."""
    with style.captured() as pictures:
        try:
            draw(**values)
        except ValueError as error:
            return {"text/plain": str(error)}, {}
    return pictures[-1]


def _front_end() -> bool:
    """Whether somebody may be there to move a slider."""
    if GRADED in os.environ or os.environ.get("CNNLAB_HEADLESS") == "1":
        return False
    ipython = sys.modules.get("IPython")
    return hasattr(ipython.get_ipython() if ipython is not None else None, "kernel")


def _box(controls: dict[str, Slider | Choice | Grid], redraw: Callable[[str, Any], None]) -> Any:
    """All controls below each other; each calls `redraw` with its name and its new value."""
    import ipywidgets

    rows = []
    for name, control in controls.items():
        if isinstance(control, Grid):
            rows.append(_grid(name, control, redraw))
            continue
        widget = control.widget()
        widget.observe(lambda change, name=name: redraw(name, change["new"]), "value")
        rows.append(widget)
    return ipywidgets.VBox(rows)


def _grid(name: str, control: Grid, redraw: Callable[[str, Any], None]) -> Any:
    """A field for each number of an array, with the label above."""
    import ipywidgets

    numbers = np.array(control.value, float)
    fields = []

    def changed(change: dict, place: tuple[int, ...]) -> None:
        numbers[place] = change["new"]
        redraw(name, numbers.copy())

    for place, number in np.ndenumerate(numbers):
        field = ipywidgets.FloatText(
            value=number, layout={"width": NARROW}, tooltip=f"{control.label}, row {place[0]}, column {place[1]}")
        field.observe(lambda change, place=place: changed(change, place), "value")
        fields.append(field)
    columns = f"repeat({numbers.shape[1]}, {NARROW})"
    return ipywidgets.VBox([
        ipywidgets.Label(control.label),
        ipywidgets.GridBox(fields, layout={"grid_template_columns": columns}),
    ])
