"""Names of people and files: as safe parts of a path, and normalised for comparison."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from autograder.plain import JOINERS

LONGEST = 200  # bytes of one part of a path; file systems allow 255, and a number may be appended
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows does not allow


def safe(name: str) -> str:
    """A name as one part of a path, the same on every system and for every way to write it in Unicode.

    Letters of any script, spaces and accents are kept. White space becomes a single space. Control characters
    and / \\ : * ? " < > | become _, and so does a dot at the start or the end. A name of more than 200 bytes is cut
    and ends with eight digits of its SHA-256.
    """
    # unassigned characters and surrogates do not belong in a file name either; direction marks are left out
    text = "".join("_" if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") and not c.isspace() else c
                   for c in unicodedata.normalize("NFC", name)
                   if unicodedata.category(c) != "Cf" or c in JOINERS)
    text = re.sub(r'[/\\:*?"<>|]', "_", " ".join(text.split()))
    text = re.sub(r"^\.|\.$", "_", text) or "_"
    if RESERVED.fullmatch(text):
        text = f"_{text}"
    if len(text.encode()) > LONGEST:
        mark = hashlib.sha256(text.encode()).hexdigest()[:8]
        text = text.encode()[: LONGEST - 9].decode("utf-8", "ignore").rstrip() + "-" + mark
    return text


def folded(text: str) -> str:
    """A text normalised for case, width and Unicode composition."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """The form in which names are compared: letters, digits and accents, without case, spaces and punctuation."""
    return "".join(c for c in folded(text) if c.isalnum() or unicodedata.category(c).startswith("M"))


def plain_key(text: str) -> str:
    """The same as `key` but without accents, which some platforms drop."""
    return "".join(c for c in unicodedata.normalize("NFKD", key(text)) if not unicodedata.combining(c))


def orders(name: str) -> list[str]:
    """All rotations of the words of a name, since last names may come first."""
    words = name.replace(",", " ").split()
    return [" ".join(words[start:] + words[:start]) for start in range(len(words))]
