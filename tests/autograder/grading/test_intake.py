"""The bytes of a submission become a notebook or one sentence; what is readable in a damaged file is kept."""

import contextlib
import io
import json
import warnings
import zipfile

import nbformat
import pytest
from conftest import DOUBLE, fewer, submission, within
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import Unreadable
from autograder.grading import intake
from autograder.notebooks import WORKED
from autograder.repair import repair


@pytest.mark.parametrize("content, sentence", [
    (b"", "sums.ipynb is empty"),
    (b"  \n", "sums.ipynb is empty"),
    (b"{'cells': []}", "is not JSON, so not a notebook"),
    (b'{"cells": [', "is not JSON, so not a notebook"),
    (b"[1, 2]", "is JSON but not a notebook: it has no nbformat number"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "it has no list of cells"),
    (b'{"nbformat": 4, "cells": 3}', "it has no list of cells"),
    (b'{"nbformat": 7, "cells": []}', "has notebook format 7, but 4 is the newest known here"),
    (b'{"nbformat": 3, "worksheets": "none"}', "has notebook format 3 and cannot be converted"),
    (b"\xff\xfe\x00bad", "is not JSON"),
    (b"[" * 100_000, "is not JSON"),
])
def test_what_holds_no_notebook_is_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "sums.ipynb"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as info:
        intake.read(path.read_bytes(), path.name)
    assert sentence in str(info.value) and "\n" not in str(info.value)


def test_notebook_format_3_and_a_byte_order_mark_are_read(tmp_path, version):
    old = nbformat.convert(submission(version, double=DOUBLE), 3)
    path = tmp_path / "sums.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(old).encode())
    notebook = intake.read(path.read_bytes(), path.name).notebook
    assert notebook.nbformat == 4
    assert DOUBLE in [cell.source for cell in notebook.cells]




def as_bytes(notebook) -> bytes:
    return json.dumps(notebook).encode()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


STUB, ANSWERED = {}, {"double": DOUBLE}


@pytest.mark.parametrize("files, chosen", [
    ([("sums.ipynb", STUB), ("sums (1).ipynb", ANSWERED)], "sums (1).ipynb"),
    ([("sums.ipynb", ANSWERED), ("sums (1).ipynb", ANSWERED)], "sums.ipynb"),
    ([("first.ipynb", ANSWERED), ("second.ipynb", ANSWERED)], "second.ipynb"),
    ([("work/deep/sums.ipynb", ANSWERED)], "work/deep/sums.ipynb"),
    ([("sums.ipynb.txt", ANSWERED)], "sums.ipynb.txt"),
    ([("sums.json", ANSWERED), ("notes.json", b"{}")], "sums.json"),
    ([("work.zip", zipped(**{"inner/sums.ipynb": b"@", "readme.txt": b"x"}))], None),
])
def test_of_several_files_the_one_with_the_most_answers_counts(version, files, chosen):
    contents = [(name, content if isinstance(content, bytes) else as_bytes(submission(version, **content)))
                for name, content in files]
    if chosen is None:
        with pytest.raises(Unreadable, match="inner/sums.ipynb is not JSON"):
            intake.choose(contents, version, "sums.ipynb")
        return
    found, _ = intake.choose(contents, version, "sums.ipynb")
    assert found.name == chosen
    assert bool(found.repairs) == (len([name for name, content in files if content != b"{}"]) > 1)


def test_a_published_solution_is_nobodys_answer(version):
    handed_in = submission(version, double=DOUBLE)
    own = as_bytes(handed_in)
    handed_in.cells.insert(0, nbformat.v4.new_markdown_cell(f"{WORKED}ps1, not the notebook to hand in.**"))
    published = as_bytes(handed_in)
    with pytest.raises(Unreadable, match="^sums.ipynb is the solution that the course published: ask for the student's own"):
        intake.choose([("sums.ipynb", published)], version, "sums.ipynb")
    found, _ = intake.choose([("mine.ipynb", own), ("sums.ipynb", published)], version, "sums.ipynb")
    assert found.name == "mine.ipynb"


def test_a_notebook_that_was_zipped_again(version):
    content = zipped(**{"__MACOSX/sums.ipynb": b"junk", "sums.ipynb": as_bytes(submission(version, double=DOUBLE))})
    found, _ = intake.choose([("sums.ipynb", content)], version, "sums.ipynb")
    assert found.name == "sums.ipynb" and DOUBLE in [cell.source for cell in found.notebook.cells]


def test_a_zip_that_grows_too_large_is_one_sentence(version, monkeypatch):
    monkeypatch.setattr(intake, "UNPACKED", 1000)
    with pytest.raises(Unreadable, match="ask for the notebook alone"):
        intake.choose([("work.zip", zipped(**{"sums.ipynb": bytes(2000)}))], version, "sums.ipynb")


def test_a_damaged_zip_is_one_sentence(version):
    content = zipped(**{"sums.ipynb": b"x" * 500})[:100]
    with pytest.raises(Unreadable, match="work.zip is a zip that cannot be read"):
        intake.choose([("work.zip", content)], version, "sums.ipynb")


@pytest.mark.parametrize("damage, said", [
    (lambda text: text.encode("utf-8-sig"), None),
    (lambda text: text.encode("utf-16"), None),
    (lambda text: text.replace("\n", "\r\n").encode(), None),
    (lambda text: text.encode().replace(b"return", b"ret\0urn"), "it held NUL bytes"),
    (lambda text: text.replace("Because.", "Weil schön.").encode("cp1252"), "it is not in UTF-8"),
])
def test_other_encodings_are_read(version, damage, said):
    text = json.dumps(submission(version, double=DOUBLE, why="Because."), indent=1, ensure_ascii=False)
    found = intake.read(damage(text), "sums.ipynb")
    assert DOUBLE in [cell.source for cell in found.notebook.cells]
    assert [repair.what for repair in found.repairs] == ([said] if said else [])


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(version):
    text = json.dumps(submission(version, double=DOUBLE, area="def area(r):\n    return 3"), indent=1)
    whole, read = text.index("return 3") + 10, 0
    for end in range(text.index('"double"'), len(text), 37):
        try:
            found = intake.read(text[:end].encode(), "sums.ipynb")
        except Unreadable as problem:
            assert "\n" not in str(problem) and end < whole
            continue
        read += 1
        assert found.repairs[0].kind == "damaged" and "it is whole up to" in found.repairs[0].sentence
        assert json.dumps(found.notebook.cells[-1].source)[1:-1] in text
        assert ("def area(r):\n    return 3" in [cell.source for cell in found.notebook.cells]) == (end >= whole)
    assert read > 10


def test_of_two_hundred_megabytes_of_outputs_the_ends_are_kept(version):
    notebook = json.loads(json.dumps(submission(version, double=DOUBLE)))
    notebook["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * fewer(200_000_000)}]
    found = intake.read(json.dumps(notebook).encode(), "sums.ipynb")
    assert len(json.dumps(found.notebook)) < 30_000


def test_notebook_format_3_as_its_files_are(version):
    """In files of format 3, texts are lists of lines."""
    old = nbformat.writes(submission(version, double=DOUBLE), version=3)
    assert '"input": [' in old
    found = intake.read(old.encode(), "sums.ipynb")
    assert DOUBLE in [cell.source for cell in found.notebook.cells]


def test_marks_of_a_merge_between_lines_give_the_side_with_more_answers(version):
    text = json.dumps(submission(version, double="SPLIT"), indent=1)
    mine = json.dumps(DOUBLE)
    theirs = json.dumps(submission(version)["cells"][2]["source"])
    marked = text.replace('"SPLIT"', f"\n<<<<<<< HEAD\n{theirs}\n||||||| base\n3\n=======\n{mine}\n>>>>>>> theirs\n")
    found, _ = intake.choose([("sums.ipynb", marked.encode())], version, "sums.ipynb")
    assert DOUBLE in [cell.source for cell in found.notebook.cells]
    assert "marks of a merge; the second" in " ".join(repair.sentence for repair in found.repairs)
    assert "marks of a merge; the first" in intake.read(marked.encode(), "sums.ipynb").repairs[0].sentence


def test_a_zip_as_powershell_writes_it(version):
    content = zipped(**{"work\\sums.ipynb": as_bytes(submission(version, double=DOUBLE))})
    found, _ = intake.choose([("work.zip", content)], version, "sums.ipynb")
    assert found.name == "work/sums.ipynb"


def with_more(version, more: str) -> bytes:
    """Return a right submission with `more` in the metadata of one cell and at the top level."""
    notebook = json.loads(json.dumps(submission(version, double=DOUBLE)))
    notebook["cells"][2]["metadata"]["odd"] = notebook["odd"] = "@"
    return json.dumps(notebook).replace('"@"', more).encode()


@pytest.mark.parametrize("more", [
    "9" * 5000, "-" + "1" * 5000, "1" * 5000 + ".5e9", "1e999", "NaN", '{"a":' * 900 + "1" + "}" * 900, "[" * 900 + "]" * 900,
    '"\\ud83d"', '{"a": 1, "a": 2}', '"\\u0000"',
])
def test_numbers_depths_and_halves_of_characters_cost_nothing(version, more):
    found, _ = intake.choose([("sums.ipynb", with_more(version, more))], version, "sums.ipynb")
    assert DOUBLE in [cell.source for cell in found.notebook.cells]
    json.dumps(found.notebook, ensure_ascii=False).encode()


def test_a_half_of_a_character_in_an_answer_becomes_a_mark(version):
    content = as_bytes(submission(version, double=DOUBLE + "  # \ud83d"))
    found = intake.read(content, "sums.ipynb")
    assert DOUBLE + "  # ?" in [cell.source for cell in found.notebook.cells]


def test_what_a_cell_may_keep_is_text_and_pictures():
    odd = {"cell_type": ["x"], "source": ["a", 1, None, "b"], "id": 7, "attachments": {"a": {"image/png": "iVBORw0KGgo=", "y": 3}, "b": 1},
           "metadata": {"nbgrader": {"grade_id": "f", "points": [[]], "locked": True}, "id": "colab"}}
    (cell,) = intake.read(json.dumps({"nbformat": 4, "cells": [odd, 3, None, {"source": 5}]}).encode(), "x").notebook.cells
    assert cell == {"cell_type": "raw", "source": "ab", "id": "colab", "attachments": {"a": {"image/png": "iVBORw0KGgo="}},
                    "metadata": {"nbgrader": {"grade_id": "f", "locked": True}}}


def test_megabytes_of_text_are_no_notebook(monkeypatch):
    monkeypatch.setattr(intake, "KEPT", 100)
    cells = [{"cell_type": "code", "source": "x" * 60} for _ in range(2)]
    with pytest.raises(Unreadable, match="of text and pasted pictures"):
        intake.read(json.dumps({"nbformat": 4, "cells": cells}).encode(), "sums.ipynb")


@pytest.mark.parametrize("content", [
    b'{"cells": [{"cell_type": "code", "source": ["a"' + b" " * 300_000,
    b'{"cells": [{"cell_type": "code", "source": ["a"' + b' ,"b"' * 50_000,
    b'{"cells": [' + b'"source": ' * 30_000, b"<<<<<<< a\n" * 30_000, b'{"cells": [' + b"{}," * 100_000,
])
def test_reading_takes_a_time_that_grows_with_the_length_alone(content):
    """Each of these would take minutes to hours if the time were quadratic in the length."""
    with within(20), contextlib.suppress(Unreadable):
        intake.read(content, "sums.ipynb")


zips = st.lists(st.tuples(st.text(min_size=1, max_size=20).filter(lambda name: "\0" not in name), st.binary(max_size=60)), max_size=4)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["cells", "nbformat", "source", "metadata", "nbgrader", "cell_type", "id", "attachments", "grade_id",
                         "worksheets", "input", "outputs", "locked", "x"]), inner, max_size=5), max_leaves=20)


@settings(max_examples=fewer(150))
@given(content=st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode())
       | st.tuples(st.sampled_from([1, 2, 3, 4]), json_values).map(lambda pair: json.dumps({"nbformat": pair[0], "nbformat_minor": 0, "metadata": {}, "cells": pair[1], "worksheets": pair[1]}).encode()))
def test_anything_is_a_notebook_or_one_sentence(version, content):
    try:
        found, _ = intake.choose([("sums.ipynb", content)], version, "sums.ipynb")
    except Unreadable as problem:
        assert str(problem).endswith(".")
        return
    made = repair(version, found.notebook)
    nbformat.writes(made.notebook).encode()


@settings(max_examples=fewer(60))
@given(entries=zips, cut=st.integers(0, 400), at=st.integers(0, 400), byte=st.integers(0, 255))
def test_any_zip_whole_or_damaged_is_a_notebook_or_one_sentence(version, entries, cut, at, byte):
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # about duplicate names
        for name, content in entries:
            archive.writestr(name + ".ipynb", content)
    content = bytearray(buffer.getvalue())
    if at < len(content):
        content[at] = byte
    content = bytes(content[:len(content) - cut] if cut < len(content) else content)
    try:
        found, _ = intake.choose([("work.zip", content)], version, "sums.ipynb")
    except Unreadable as problem:
        assert str(problem).endswith(".")
    else:
        nbformat.validate(found.notebook)
