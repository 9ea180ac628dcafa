"""Read times of hand-ins as platforms and teachers write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from dateutil import parser, tz


def instant(text: str, zone: tzinfo | None) -> datetime | None:
    """A time in UTC; a time without a zone is taken to be in `zone` or, if that is None, in this machine's zone.

    None if the text is not a time, such as Moodle's "-", or is a date in a language that is not known here.
    """
    # With dashes between hours, minutes and seconds, the parser would take the last part for a zone.
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[-_ T](\d\d)[-_.](\d\d)[-_.](\d\d)", r"\1 \2:\3:\4", text.strip())
    if not re.search(r"\d.*\d.*\d", text):
        return None  # a word or a small number, which the parser would take for a day of this month
    try:
        time = parser.parse(text, tzinfos=_zone)
        return (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo | int | None:
    """The zone of a time: its offset, or the zone that it names, as nbgrader's times do; None if it has none."""
    return tz.gettz(name) if offset is None and name else offset
