"""Show the progress of grading, to a person or to a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.grading.grade import Event


class Bar(AbstractContextManager):
    """A progress bar with counts and the time left; without a terminal, one line per notebook."""

    def __init__(self, console: Console, title: str) -> None:
        self.console, self.title = console, title
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TextColumn("{task.fields[more]}"), console=console,
        )

    def __enter__(self) -> Callable[[Event], None]:
        self.bar.start()
        self.task = self.bar.add_task(self.title, total=None, more="starting workers")
        return self.show

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def show(self, event: Event) -> None:
        """Show that one more notebook is done."""
        failed = f", {event.failed} failed" if event.failed else ""
        more = f"{event.running} running{failed}, {_time(event.seconds_left)} left, {event.student}"
        self.bar.update(self.task, completed=event.done, total=event.total, more=more)
        if not self.console.is_terminal:
            known = "" if event.ran_now else " (graded before)"
            self.console.print(f"{self.title}: {event.done}/{event.total} {event.student}{known}", markup=False)


class Lines(AbstractContextManager):
    """Progress for programs: one JSON object per line, with the fields of `grade.Event`."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __enter__(self) -> Callable[[Event], None]:
        return self.show

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, event: Event) -> None:
        """Write a line for one more notebook."""
        self.console.file.write(json.dumps(asdict(event)) + "\n")
        self.console.file.flush()


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
