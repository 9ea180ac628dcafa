"""The options in nbgrader_config.py that control how notebooks run: which are followed, and which are not."""

from __future__ import annotations

from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, Execute
from traitlets.config import Config, Configurable, LazyConfigValue

from autograder.course import Course
from autograder.jobs import Limits

CELLS = 4  # a notebook's minimum time limit as a multiple of a cell's, if only the latter is set
NO_DIFFERENCE = {  # options of nbgrader's Execute that have no effect here
    "timeout", "allow_errors", "iopub_timeout", "raise_on_iopub_timeout", "shell_timeout_interval", "startup_timeout",
    "store_widget_state", "record_timing", "coalesce_streams", "display_data_priority", "shutdown_kernel", "enabled",
    "ipython_hist_file", "error_on_timeout", "execute_retries", "interrupt_on_timeout", "log", "default_language",
}
KERNEL = "a notebook runs in this grader's own Python, in its sandbox"
REASONS = {
    "kernel_name": KERNEL, "extra_arguments": KERNEL, "kernel_manager_class": KERNEL,
    "timeout_func": "every cell has the same limit, cell_seconds in [limits] of course.toml",
    "skip_cells_with_tag": "tags never keep a cell from being run",
    "force_raise_errors": "after an error the rest of the notebook is run",
}
STEPS = "steps of nbgrader's own autograder are not used here"


def limits(course: Course) -> Limits:
    """Return the limits of one submission, from course.toml.

    If course.toml does not set cell_seconds, the times follow nbgrader's timeout for a cell.
    """
    stated = course.settings.limits
    seconds = _timeout(course.config)
    if "cell_seconds" in stated.model_fields_set or not seconds:
        return stated
    changed = {"cell_seconds": seconds}
    for name, factor in (("notebook_seconds", CELLS), ("still_seconds", 1)):
        if name not in stated.model_fields_set:
            changed[name] = max(getattr(stated, name), factor * seconds)
    return stated.model_copy(update=changed)


def not_followed(course: Course) -> list[str]:
    """Return a sentence for each option that is set and controls how nbgrader runs notebooks, but is ignored here."""
    found = [
        (f"{section}.{option}", REASONS.get(option, "notebooks run as the grader runs them"))
        for section, option in _set(course.config, Execute) if option not in NO_DIFFERENCE
    ]
    if (given := _options(course.config, Execute)).get("timeout", 1) is None or _below_one(given.get("timeout", 1)):
        found.append(("Execute.timeout", "a cell needs a limit: cell_seconds in [limits] of course.toml"))
    found += [
        (f"{section}.{option}", STEPS) for section, option in _set(course.config, Autograde)
        if option in ("sanitize_preprocessors", "autograde_preprocessors", "pre_convert_hook", "post_convert_hook")
    ]
    found += [
        (f"{section}.{option}", "points are not taken away from late submissions")
        for section, option in _set(course.config, AssignLatePenalties)
    ]
    return [f"nbgrader_config.py: c.{name} is not followed, because {reason}." for name, reason in found]


def kept(course: Course, assignment: str) -> tuple[str, ...]:
    """Return the names of release files that a student's file may replace: `c.Autograde.exclude_overwriting`."""
    listed = _options(course.config, Autograde).get("exclude_overwriting", {})
    return tuple(listed.get(assignment, ())) if isinstance(listed, dict) else ()


def _timeout(config: Config) -> int:
    """Return nbgrader's time limit for a cell in seconds; 0 if the course sets none."""
    given = _options(config, Execute).get("timeout")
    return given if isinstance(given, int) and not isinstance(given, bool) and given > 0 else 0


def _below_one(value: object) -> bool:
    return isinstance(value, int) and value < 1


def _options(config: Config, kind: type[Configurable]) -> dict[str, object]:
    """Return the options set for a class and its base classes; those of the more specific class take precedence."""
    return {option: config[section][option] for section, option in _set(config, kind)}


def _set(config: Config, kind: type[Configurable]) -> list[tuple[str, str]]:
    names = [one.__name__ for one in reversed(kind.mro()) if issubclass(one, Configurable)]
    return [(name, option) for name in names if name in config for option, value in config[name].items()
            if not isinstance(value, LazyConfigValue)]
