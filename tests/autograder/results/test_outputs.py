"""Outputs are rebuilt from their known parts: whatever they contain, nothing in them runs, and nothing is raised."""

import base64
import json

import nbformat
import pytest
from conftest import fewer, within
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from autograder.results import outputs
from autograder.results.outputs import Outputs

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 30).decode()


def safe(*given):
    return Outputs().safe(list(given))


def shown(data, **more):
    return {"output_type": "display_data", "data": data, "metadata": {}, **more}


@pytest.mark.parametrize("html", [
    "<script>alert(1)</script>", "<img src='x' onerror='alert(1)'>", "<iframe src='//evil'></iframe>",
    "<a href='javascript:alert(1)'>x</a>", "<img src='https://evil.example/pixel.png'>", "<script>unclosed",
    "<svg onload=alert(1)></svg>", "<form action='//evil'><input></form>", "<style>body{}</style>",
    "<p style='background: url(//evil.example)'>x</p>", "<b class='full-credit'>x</b>", "<svg><style><img src=x onerror=alert(1)>",
])
def test_nothing_in_html_runs_or_fetches(html):
    (output, *_) = safe(shown({"text/html": f"<p>kept</p>{html}"}))
    cleaned = output.data["text/html"]
    assert "<p>kept</p>" in cleaned
    for word in ("<script", "onerror", "<iframe", "javascript:", "evil", "onload", "<form", "<style", "class="):
        assert word not in cleaned


def test_pictures_tables_and_links_stay():
    html = f'<table><tr><td colspan="2">7</td></tr></table><img src="data:image/png;base64,{PNG}"><a href="https://example.org">x</a>'
    (output,) = safe(shown({"text/html": html, "text/plain": "a table"}))
    assert 'colspan="2"' in output.data["text/html"] and PNG in output.data["text/html"]
    assert 'href="https://example.org"' in output.data["text/html"]
    (output,) = safe(shown({"image/png": PNG}, metadata={"image/png": {"width": 40, "onload": "x", "alt": "a digit"}}))
    assert output.data == {"image/png": PNG} and output.metadata == {"image/png": {"width": 40, "alt": "a digit"}}


@pytest.mark.parametrize("data, said", [
    ({"application/javascript": "1"}, "a script"), ({"image/png": '" onerror="x'}, "a picture"),
    ({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "IntSlider(value=3)"}, "a widget"),
    ({"text/html": "<video src='x'></video>"}, "a film"), ({"text/html": "<b>" * 5000}, "nested too deeply"),
    ({"text/html": "x" * 200_000}, "too large"), ({"application/vnd.plotly.v1+json": {}}, "only its program can show"),
])
def test_what_is_left_out_is_said(data, said):
    assert said in safe(shown(data))[-1].text


def test_text_is_what_a_terminal_leaves():
    bar = "".join(f"\r\x1b[1m{k}/5\x1b[0m {'=' * k}" for k in range(1, 6)) + "\n" + "12\b\b34\n"
    assert outputs.text(bar) == "5/5 =====\n34\n"
    assert outputs.text("\x1b]0;title\x1b\\a\x9b31mb\x00\u202ec") == "a\ufffd31mb\ufffd\ufffdc"
    long = outputs.text("x" * 100_000 + "end")
    assert len(long) < outputs.TEXT + 100 and long.endswith("end") and "left out here" in long


@pytest.mark.parametrize("source", [
    "<script>x</script>", "a <img src=x onerror=1>", "</div>", "<!-- x", "<ScRiPt x", "$\\href{javascript:x}{y}$",
    "```mermaid\ngraph", "<b onclick=x>",
])
def test_markup_is_obeyed_nowhere(source):
    assert outputs.INVISIBLE in outputs.markup(source)


@pytest.mark.parametrize("source", [
    "a < b > c, $x<y$", "**bold** <br> <sub>2</sub> <https://example.org>", "```python\nprint(1)\n```", "> quoted\n\n- [ ] x",
])
def test_markup_of_the_usual_kinds_stays_as_it_is(source):
    assert outputs.markup(source) == source.replace("$x<y$", f"$x<{outputs.INVISIBLE}y$")


@pytest.mark.parametrize("source", ["`" * 200_000, "<" * 200_000, "attachment:" * 18_000, "```m" * 50_000, "\\" * 200_000])
def test_long_texts_are_read_once(source):
    """Each of these would take minutes if the time were quadratic in the length."""
    with within(20):
        outputs.markup(source)
        outputs.with_pictures(source, {})


def test_a_notebooks_outputs_have_their_bounds_together():
    cells = Outputs()
    size = sum(len(output.get("text", "")) for _ in range(1000)
               for output in cells.safe([{"output_type": "stream", "name": "stdout", "text": "x" * 19_000}]))
    assert size < outputs.ROOM[0] + 1000 * 100


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["output_type", "data", "metadata", "text", "name", "text/html", "image/png", "traceback", "x"]),
        inner, max_size=5)), max_leaves=12)
KINDS = st.sampled_from(["stream", "error", "display_data", "execute_result", "update_display_data", "x"])


@given(st.lists(st.fixed_dictionaries({"output_type": KINDS}, optional={
    name: JSON for name in ("data", "metadata", "text", "name", "ename", "evalue", "traceback", "execution_count")})
    | JSON, max_size=4) | JSON)
@settings(max_examples=fewer(150))
def test_whatever_it_is_given_a_valid_notebook_comes_of_it(given):
    made = Outputs().safe(given)
    notebook = new_notebook(cells=[new_code_cell("1", outputs=made)])
    nbformat.validate(notebook)
    json.dumps(notebook).encode("ascii")


@pytest.mark.parametrize("source", [
    "![x](attachment:Übung%201.png)", "![x](attachment:%C3%9Cbung%201.png)", "![x](<attachment:Übung%201.png>)",
])
def test_a_pictures_name_may_be_any(source):
    made, pictures = outputs.with_pictures(source, {"Übung 1.png": {"image/png": PNG}})
    assert "attachment:picture-1" in made and pictures == {"picture-1": {"image/png": PNG}}
