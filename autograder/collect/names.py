"""Names of people and files: as a safe part of a path, and as what they are compared by."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from autograder.plain import JOINERS

LONGEST = 200  # bytes of one part of a path; file systems take 255, and a number may be added
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # no file on Windows can be called so


def safe(name: str) -> str:
    """A name as one part of a path, the same on every system and for every way to write it in Unicode.

    Letters of any script, spaces and accents stay. White space becomes one space; control characters
    and / \\ : * ? " < > | become _, and so does a dot at the start or the end. A name of more than 200 bytes is cut,
    and ends with eight digits of its SHA-256.
    """
    # unassigned characters and halves of characters are for no file name either; marks of direction are left out
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
    """A text without its differences of case, width and composition."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """What a name is compared by: its letters, digits and accents, no matter the case or the spaces."""
    return "".join(c for c in folded(text) if c.isalnum() or unicodedata.category(c).startswith("M"))


def plain_key(text: str) -> str:
    """The same without accents: what is left where a platform has dropped them."""
    return "".join(c for c in unicodedata.normalize("NFKD", key(text)) if not unicodedata.combining(c))


def orders(name: str) -> list[str]:
    """A name with its words in every order that starts later and goes round: last names may come first."""
    words = name.replace(",", " ").split()
    return [" ".join(words[start:] + words[:start]) for start in range(len(words))]
