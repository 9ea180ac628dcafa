"""Times of hand-ins, as platforms and teachers write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from dateutil import parser, tz


def instant(text: str, zone: tzinfo | None) -> datetime | None:
    """A time in UTC; one without a zone of its own is in `zone`, or else in this machine's.

    None where the text is no time: Moodle's "-", or a date in a language that is not known here.
    """
    # With dashes between the hours, minutes and seconds, the last would be taken for a zone.
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[-_ T](\d\d)[-_.](\d\d)[-_.](\d\d)", r"\1 \2:\3:\4", text.strip())
    if not re.search(r"\d.*\d.*\d", text):
        return None  # a word or a small number, which would be taken for a day of this month
    try:
        time = parser.parse(text, tzinfos=_zone)
        return (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo | int | None:
    """The zone of a time, which nbgrader writes by its name; None where there is none."""
    return tz.gettz(name) if offset is None and name else offset
