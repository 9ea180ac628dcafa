"""Where the files of `data/` are: somewhere on this machine, or fetched once from the course's repository.

They are looked for in this order:

1. in the folder that the environment variable CNNLAB_DATA names, and then nowhere else;
2. in `data/` beside the package, as in a clone of the course;
3. in this user's cache, where fetched files are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

BESIDE = Path(__file__).resolve().parent.parent / "data"
# The course's repository, its released version and the SHA-256 of its data files: written by `autograder build`.
COURSE = Path(__file__).with_name("course.json")
VARIABLE = "CNNLAB_DATA"
PATIENCE = 20  # seconds without an answer, or without the next byte
PIECE = 1 << 18  # bytes
STEPS, WORTH_IT = 20, 1_000_000  # of the progress bar, and the bytes from which a file has one

_fetching = threading.Lock()


class DataError(Exception):
    """A data file is missing or damaged. Its text is one sentence: which, what, what to do."""


def read(name: str, checksum: str = "") -> bytes:
    """A data file, whole.

    Parameters
    ----------
    name
        such as "mnist.npz" or "runs/06-resnet.json".
    checksum
        its SHA-256. Without one a file that lies on this machine is taken as it is, and a file that is fetched
        must have the checksum that course.json states.

    Raises
    ------
    DataError
        if the file is not on this machine and cannot be fetched, cannot be read, or is damaged.
    """
    path = _own_folder() / name
    if not os.path.exists(path):
        return _from_cache(name, checksum)
    remedy = "Restore it with `git checkout -- data`, or rebuild it with `python data/rebuild.py`."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"The data file {path} cannot be read ({error.strerror}). {remedy}") from None
    if checksum and _sum(content) != checksum:
        raise DataError(
            f"The data file {path} is damaged: its SHA-256 should be {checksum}, but is {_sum(content)} "
            f"({len(content):,} bytes). {remedy}"
        )
    return content


def find(name: str) -> Path | None:
    """Where a data file lies on this machine; None where it does not."""
    path = _own_folder() / name
    if not os.path.exists(path) and not os.environ.get(VARIABLE):
        path = cache() / name
    return path if os.path.exists(path) else None


def cache() -> Path:
    """This user's folder for what is fetched."""
    from platformdirs import user_cache_path  # only where a file is not beside the package; Jupyter brings it

    return user_cache_path("cnnlab", appauthor=False)


def address(name: str) -> str:
    """Where a data file can be fetched: the raw file in the repository, at its tag; empty where it cannot."""
    course = _course()
    repository = course.get("repository", "").removesuffix("/").removesuffix(".git")
    if not repository or os.environ.get(VARIABLE):
        return ""
    return f"{repository}/raw/{quote(course['version'])}/data/{quote(name)}"


def missing(name: str, reason: str = "") -> str:
    """The sentence on a file that is not on this machine: where it was looked for, and what to do."""
    if named := os.environ.get(VARIABLE):
        return (f"The data file {name} is not in {named}, the folder that {VARIABLE} names: put it there, or unset "
                f"{VARIABLE} and restart the kernel, and it is looked for elsewhere.")
    looked = f"The data file {name} is neither in {BESIDE} nor, whole, in {cache()}"
    if not address(name):
        return (f"{looked}, and this copy of the course does not know where to fetch it: ask your teacher for the "
                f"course's folder data, and let {VARIABLE} name it.")
    return (f"{looked}, and could not be fetched from {address(name)} ({reason}): go online and run this cell again, "
            f"or put the file into the second of these folders; if that does not help, tell your teacher.")


def _own_folder() -> Path:
    """Where the files lie that nobody needs to fetch."""
    return Path(os.environ.get(VARIABLE) or BESIDE)


def _course() -> dict:
    """What course.json says; {} where there is none."""
    try:
        return json.loads(COURSE.read_text(encoding="utf-8"))
    except OSError:
        return {}


def _from_cache(name: str, checksum: str) -> bytes:
    """A file that was fetched before, and is whole; else fetched now, and kept for the next time."""
    if os.environ.get(VARIABLE):
        raise DataError(missing(name))
    path, checksum = cache() / name, checksum or _course().get("files", {}).get(name, "")
    with _fetching:  # of two threads the second finds what the first has fetched
        with suppress(OSError):
            content = path.read_bytes()
            if not checksum or _sum(content) == checksum:
                return content
        if os.environ.get("CNNLAB_BUDGET") == "grading":
            raise DataError(missing(name, "nothing is fetched while notebooks are graded"))
        if not checksum:
            raise DataError(missing(name, "the course has no such file"))
        if not address(name):
            raise DataError(missing(name))
        content = _fetch(name, checksum)
        try:
            _keep(content, path)
        except OSError as error:
            print(f"{name} cannot be kept in {path.parent} ({error.strerror}): it is fetched again next time.")
    return content


def _fetch(name: str, checksum: str) -> bytes:
    """A file from the course's repository, once its checksum holds; shows how far it is."""
    import requests  # as above

    content, bar = bytearray(), _Bar(name)
    try:
        # a server that compresses would state another length
        with requests.get(address(name), stream=True, timeout=PATIENCE,
                          headers={"Accept-Encoding": "identity"}) as answer:
            answer.raise_for_status()
            total = int(answer.headers.get("Content-Length", 0))
            for piece in answer.iter_content(PIECE):
                content += piece
                bar.show(len(content), total)
    except requests.RequestException as error:
        raise DataError(missing(name, _reason(error, len(content)))) from None
    finally:
        bar.end()
    if _sum(content) != checksum:
        raise DataError(missing(
            name, f"what came is another file: {len(content):,} bytes with the SHA-256 {_sum(content)} in place of "
                  f"{checksum}; a network that asks you to log in does that"))
    return bytes(content)


def _reason(error: Exception, received: int) -> str:
    """Why a file could not be fetched, in some words."""
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answers {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.exceptions.SSLError):
        return "the server could not prove who it is"
    if received:
        return f"the connection broke off after {received:,} bytes"
    if isinstance(error, requests.Timeout):
        return f"no answer within {PATIENCE} s"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return " ".join(str(error).split())[:200]


def _sum(content: bytes | bytearray) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep(content: bytes, path: Path) -> None:
    """Write a file whole or not at all: another notebook sees none of it, or all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, place = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(place, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(place)
        raise


class _Bar:
    """One line that grows: how much of a file has come."""

    def __init__(self, name: str) -> None:
        self.name, self.shown = name, -1

    def show(self, received: int, total: int) -> None:
        """Show the numbers, where they have changed enough."""
        step = STEPS * received // total if total else received // 1_000_000
        if step == self.shown or 0 < total < WORTH_IT:
            return
        self.shown = step
        bar = f" [{'#' * step}{'.' * (STEPS - step)}]" if total else ""
        of = f" of {total / 1e6:.1f}" if total else ""
        print(f"\rFetching {self.name}, once:{bar} {received / 1e6:.1f}{of} MB", end="", flush=True)

    def end(self) -> None:
        """End the line, where there is one."""
        if self.shown >= 0:
            print()
