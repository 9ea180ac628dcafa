"""In formgrader's pages, nothing that a student handed in or printed runs, and the rubric is shown."""

from html.parser import HTMLParser

import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from autograder.grading import intake
from autograder.repair import repair
from autograder.results import rubric
from autograder.results.redaction import redacted

EVIL = [
    "<script>RAN</script>", "<img src=x onerror=RAN>", "<svg onload=RAN></svg>", "<a href='javascript:RAN'>x</a>",
    "[x](javascript:RAN)", "<javascript:RAN>", "![x](x\"onerror=RAN)", "```mermaid\nclick A RAN\n```", "</div></div><script>RAN",
    "$\\href{javascript:RAN}{x}$", "<iframe srcdoc='<script>RAN</script>'></iframe>", "&lt;script>RAN", "\\<script>RAN</script>",
    "<b\nonclick=RAN>", "<details ontoggle=RAN open>", "![x](attachment:a.png)", "`<script>RAN</script>`",
    "[x](&#106;avascript:RAN)", "[x](java&Tab;script:RAN)", "[x]\n\n[x]: javascript:RAN", "[x](data:text/html,<script>RAN</script>)",
    "[x](vbscript:RAN)", "![x](&#97;ttachment:b.png)", "![x](attachment:%61.png)", "![x](attachment:b&#46;png \"t\")",
    "<!--[if IE]><script>RAN</script>-->", "<math><script>RAN</script></math>", "| a |\n|---|\n| <script>RAN</script> |",
]


class Running(HTMLParser):
    """Collects what could run in a page: elements, and attributes with their values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "iframe", "object", "embed", "style", "svg", "math", "form", "base", "meta", "link"):
            self.found.append((tag,))
        self.found += [(tag, name, value) for name, value in attrs
                       if name.startswith("on") or name in ("srcdoc", "style")
                       or name in ("href", "src") and (value or "").lower().split(":")[0] in ("javascript", "vbscript")
                       or tag == "a" and (value or "").startswith("data:")]


def page(notebook) -> str:
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    names = ("base_url", "student", "notebook_id", "submission_id", "assignment_id", "first_name", "last_name", "notebook_path")
    made, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources=dict.fromkeys(names, "") | {"total": 1, "index": 0})
    return made


def graded(cells: list):
    """Return a redacted notebook with these cells as a student's own."""
    sent = new_notebook(cells=cells)
    made = repair(new_notebook(), intake.read(nbformat.writes(sent).encode(), "x.ipynb").notebook)
    for cell, outputs in zip(made.notebook.cells, made.handed_in, strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = outputs, 1
    return redacted(made.notebook, [], made.handed_in)


def test_nothing_of_a_students_runs_in_formgrader():
    kinds = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "application/javascript", "text/plain",
             "image/png", "application/vnd.jupyter.widget-view+json")
    cells = [new_markdown_cell(text) for text in EVIL]
    for cell in cells:
        cell.attachments = {"a.png": {'image/png" onerror="RAN': "x", "text/html": "<script>RAN</script>"}}
    for text in EVIL:
        outputs = [new_output("display_data", data={kind: text}) for kind in kinds]
        outputs += [new_output("stream", text=text), new_output("error", ename=text, evalue=text, traceback=[text])]
        outputs.append(new_output("display_data", data={"text/html": text}, metadata={"text/html": {"isolated": True}}))
        cells.append(new_code_cell(text, outputs=outputs))
    usual = page(graded([new_markdown_cell("hello"), new_code_cell("1")]))
    found = Running(page(graded(cells))).found
    kept = Running(usual).found
    assert [one for one in found if one not in kept] == []
    assert found.count(("script",)) == kept.count(("script",))
    assert found.count(("style",)) == kept.count(("style",))


def test_a_rubric_is_shown_with_its_pictures_and_a_missing_one_breaks_no_page():
    text = "Because **two** is even. ![the sketch](attachment:a.png) ![gone](attachment:b.png)"
    cell = rubric._cell(text, nbformat.from_dict({"a.png": {"image/png": "iVBORw0KGgo="}}), 1)
    made = page(new_notebook(cells=[cell]))
    assert "For the grader" in made and "Because <strong>two</strong> is even." in made
    assert "data:image/png;base64,iVBORw0KGgo=" in made
