"""A course directory, with the settings in its course.toml and nbgrader_config.py."""

from __future__ import annotations

import copy
import os
import sys
import tomllib
from contextlib import chdir
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from nbgrader.coursedir import CourseDirectory
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from traitlets.config import Config, PyFileConfigLoader

from autograder.errors import UserError, unknown
from autograder.jobs import Limits
from autograder.notebooks import Marks


class Sandbox(BaseModel):
    """[sandbox] of course.toml: what a kernel sees besides the interpreter and its packages."""

    model_config = ConfigDict(extra="forbid", strict=True)

    visible: list[str] = []


class Tests(BaseModel):
    """[tests] of course.toml: how tests run."""

    model_config = ConfigDict(extra="forbid", strict=True)

    own_names: bool = True
    partial_points: Literal["returned", "marked"] = "returned"


class CourseSection(BaseModel):
    """[course] of course.toml: the course's own package and budgets."""

    model_config = ConfigDict(extra="forbid", strict=True)

    package: str = Field(default="", pattern=r"^\w*$")
    budgets: dict[str, dict[str, str]] = {"grading": {}, "cpu": {}}
    hints: bool = True


class Settings(BaseModel):
    """The contents of course.toml. A course directory without one gets these defaults."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = "Course"
    repository: str = Field(default="", pattern=r'^[^\s"\\]*$')
    version: str = Field(default="main", pattern=r"^\w[\w.-]*$")
    timezone: str = ""
    deadlines: dict[str, datetime] = {}
    course: CourseSection = CourseSection()
    limits: Limits = Limits()
    sandbox: Sandbox = Sandbox()
    tests: Tests = Tests()

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            return name and ZoneInfo(name).key
        except (ValueError, OSError, LookupError):
            raise ValueError("should be a time zone such as Europe/Berlin") from None


@dataclass(frozen=True)
class Course:
    """An nbgrader course directory.

    Attributes
    ----------
    root : Path
        the directory itself.
    settings : Settings
        the settings in course.toml.
    config : traitlets.config.Config
        the settings in nbgrader_config.py; empty if there is none.
    """

    root: Path
    settings: Settings
    config: Config

    def coursedir(self, **overrides: str | list[str]) -> CourseDirectory:
        """nbgrader's own object for this directory, with some of its options replaced by `overrides`."""
        config = copy.deepcopy(self.config)  # Config.copy shares the inner tables
        config.CourseDirectory.update({"root": str(self.root), **overrides})
        return CourseDirectory(config=config)

    @cached_property
    def marks(self) -> Marks:
        """The markers around solutions, hidden tests and marking schemes, from nbgrader_config.py or nbgrader."""
        from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions  # takes a second to import

        solution, tests = ClearSolutions(config=self.config), ClearHiddenTests(config=self.config)
        scheme = ClearMarkScheme(config=self.config)
        return Marks(
            (solution.begin_solution_delimeter, solution.end_solution_delimeter),
            (tests.begin_test_delimeter, tests.end_test_delimeter),
            (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter),
        )

    @cached_property
    def source(self) -> Path:
        """The folder of the assignments with solutions, one folder each."""
        return self.root / self.coursedir().source_directory

    @cached_property
    def release(self) -> Path:
        """The folder of the student versions, one folder each."""
        return self.root / self.coursedir().release_directory

    def variables(self, budget: str) -> dict[str, str]:
        """The environment variables with which a notebook runs at a budget.

        Raises
        ------
        UserError
            if the course has no budget of that name.
        """
        known = self.settings.course.budgets
        if budget not in known:
            raise unknown("budget", budget, known, f"[course] of {self.root / 'course.toml'}")
        return known[budget]

    def assignments(self) -> list[str]:
        """The names of all assignments, sorted."""
        if not self.source.is_dir():
            return []
        return sorted(
            path.name for path in self.source.iterdir()
            if path.is_dir() and not path.name.startswith((".", "_"))
        )

    def check_assignment(self, name: str) -> None:
        """Raise UserError unless there is an assignment of that name."""
        if name not in self.assignments():
            raise unknown("assignment", name, self.assignments(), str(self.source))

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of times that name none; None for this machine's own."""
        return ZoneInfo(self.settings.timezone) if self.settings.timezone else None

    def deadline(self, assignment: str) -> datetime | None:
        """The deadline of an assignment, in UTC; None if course.toml has none for it.

        Raises
        ------
        UserError
            if any deadline is for an unknown assignment: a mistyped one would have no effect.
        """
        for name in self.settings.deadlines:
            if name not in self.assignments():
                raise unknown("assignment", name, self.assignments(), f"[deadlines] of {self.root / 'course.toml'}")
        time = self.settings.deadlines.get(assignment)
        if time is None:
            return None
        return (time if time.tzinfo else time.replace(tzinfo=self.zone)).astimezone(UTC)

    def source_notebooks(self, assignment: str) -> list[Path]:
        """The notebooks of an assignment, with solutions and hidden tests.

        Raises
        ------
        UserError
            if there is no such assignment or it has no notebook.
        """
        self.check_assignment(assignment)
        found = sorted((self.source / assignment).glob("*.ipynb"))
        if not found:
            raise UserError(
                f"{self.source / assignment} holds no notebook (*.ipynb): run `autograder build` first."
            )
        return found


def load(root: Path) -> Course:
    """Read a course directory.

    Raises
    ------
    UserError
        if the directory is missing or is no course directory, or one of its two files has a mistake.
    """
    root = Path(root).resolve()
    if not root.is_dir():
        raise UserError(f"The course directory {root} does not exist; name it with --course.")
    course = Course(root, settings(root), _config(root))
    if not course.source.is_dir():
        raise UserError(
            f"{root} is not a course directory: it has no folder {course.source.name}/ with the "
            "assignments. Name another one with --course, or set CourseDirectory.source_directory "
            "in its nbgrader_config.py."
        )
    _put_scripts_on_path()
    return course


def settings(root: Path) -> Settings:
    """Read course.toml in `root`; returns the defaults if there is none.

    Raises
    ------
    UserError
        if it has a mistake.
    """
    path = root / "course.toml"
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise UserError(f"{path}: {_first_problem(error)}") from None


def override(limits: Limits, entries: list[str]) -> Limits:
    """The limits, changed by entries such as `cell_seconds=120`.

    Raises
    ------
    UserError
        if an entry is not NAME=NUMBER with the name of a limit.
    """
    changed = dict(entry.partition("=")[::2] for entry in entries)
    try:
        numbers = {name: int(number) for name, number in changed.items()}
    except ValueError:
        raise UserError(f"--limit {' '.join(entries)}: write each as NAME=NUMBER, such as cell_seconds=120.") from None
    try:
        return Limits.model_validate(limits.model_dump() | numbers)
    except ValidationError as error:
        problem = error.errors()[0]
        if problem["type"] == "extra_forbidden":
            raise unknown("limit", str(problem["loc"][0]), Limits.model_fields, "--limit") from None
        raise UserError(f"--limit: {_first_problem(error)}") from None


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        tables: dict[str, tuple[type[BaseModel], str]] = {
            "course": (CourseSection, "[course]"), "limits": (Limits, "[limits]"),
            "sandbox": (Sandbox, "[sandbox]"), "tests": (Tests, "[tests]")}
        model, table = tables.get(
            key.split(".")[0] if "." in key else "", (Settings, "the top level")
        )
        return str(unknown("key", str(problem["loc"][-1]), model.model_fields, table))
    message = problem["msg"].removeprefix("Input ").removeprefix("Value error, ")
    return f"{key} {message}, but is {problem['input']!r}."


def _config(root: Path) -> Config:
    path = root / "nbgrader_config.py"
    if not path.exists():
        return Config()
    try:
        with chdir(root):  # paths in it are relative to the course
            return PyFileConfigLoader(path.name, path=str(root)).load_config()
    except Exception as error:  # the file is Python: anything can go wrong in it
        raise UserError(f"{path} cannot be read: {type(error).__name__}: {error}.") from None


def _put_scripts_on_path() -> None:
    """Put the interpreter's folder on PATH: nbgrader starts `alembic` by name, even if no environment is active."""
    scripts = os.path.dirname(sys.executable)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
