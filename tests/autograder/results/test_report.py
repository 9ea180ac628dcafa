"""The numbers in the class report."""

import jinja2

from autograder.results.grades import NotebookResult, TaskResult
from autograder.results.report import TEMPLATES, _distribution, _section, _success, task_rates


def result(student: str, *scores: float | None) -> NotebookResult:
    tasks = tuple(
        TaskResult(f"test_task_{i}", score, 2.0, "manual" if score is None else "ok", (), "")
        for i, score in enumerate(scores)
    )
    return NotebookResult(student, "ps1", "sums", "", tasks)


def test_what_a_person_has_to_look_at_stands_in_the_table():
    task = TaskResult("test_double", 2.0, 2.0, "ok", ("custom-equality", "renamed"), "")
    row = NotebookResult("ada", "ps1", "sums", "", (task,))
    page = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True).get_template(
        "report.html.j2").render(title="", students=1, feedback=False, sections=[_section("ps1", [row])])
    assert "<strong>custom-equality</strong>" in page and "<strong>renamed" not in page


CLASS = [result("ada", 2, 2, None), result("bob", 2, 1, None), result("cy", 0, 0, 0), result("di", 2, 0, 2)]


def test_task_rates_count_the_students_graded_so_far():
    rates = task_rates(CLASS)
    assert [(r.full, r.part, r.waiting) for r in rates] == [(0.75, 0, 0), (0.25, 0.25, 0), (0.5, 0, 2)]
    assert rates[0].title == "task 0"


def test_a_total_adds_what_is_there_and_says_that_it_waits():
    assert [(r.score, r.max_score, r.waits) for r in CLASS] == [
        (4, 6, True), (3, 6, True), (0, 6, False), (4, 6, False)]


def test_pictures_say_in_words_what_they_show():
    distribution, success = _distribution(CLASS), _success(task_rates(CLASS))
    assert distribution.alt == "Histogram of the points of 4 students, mean 2.8 of 6: 0, 3, 4, 4."
    assert success.alt == (
        "Bars, the share of students with full points: task 0 75 %, task 1 25 %, task 2 50 %.")
    for picture in (distribution, success):
        assert picture.uri.startswith("data:image/svg+xml;base64,")
