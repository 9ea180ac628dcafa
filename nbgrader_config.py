"""nbgrader's view of this course: the same folders and stubs that `autograder` uses."""

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "cnn"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# What stands beside a solution notebook and is the teacher's alone.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "__pycache__", "*.pyc", "*.py", "*.md", "*.toml",
    "answers", "logs",
]
c.ClearSolutions.code_stub = {
    "python": "# TODO: replace the next line with your answer.\nraise NotImplementedError",
}
c.ClearSolutions.text_stub = "*TODO: replace this line with your answer.*"
