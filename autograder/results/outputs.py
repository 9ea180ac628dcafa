"""Make outputs safe to show, whatever a kernel or a submitted file contains.

Each output is rebuilt from the parts of it that are known: text, formulas, pictures, and tables and other HTML
without anything that runs. Whatever is too large or of another kind is left out, and a line says so. Nothing in
this module raises an error: an output that cannot be understood is left out.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import bleach
from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]  # its stubs leave it out
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

MOST = 200  # outputs per cell
TEXT = 20_000  # characters per text; of a longer one, the beginning and the end are shown
MARKUP = 100_000  # characters per table or other HTML
DEEPEST = 1000  # depth to which HTML elements may be nested
PICTURE = 2_000_000  # characters per picture, in base64
ATTACHED = 20_000_000  # the same per picture attached to a text cell: a photograph of handwriting
ROOM = 8_000_000, 300_000  # characters of all outputs of a notebook, and of the HTML among them
MARKDOWN = 200_000  # characters per text cell
TAGS = frozenset([
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
])
WHOLE = {"script": "", "style": "", "template": "", "noscript": "", "title": "",
         "svg": "a drawing", "math": "a formula",
         "iframe": "a frame", "video": "a film", "audio": "a sound", "canvas": "a drawing", "object": "an object"}
ENDLESS = frozenset([  # elements without an end tag, or with an optional one
    "br", "img", "hr", "input", "col", "wbr", "meta", "link", "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot",
    "option",
])
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
KINDS = {"application/javascript": "a script", "application/vnd.jupyter.widget-view+json": "a widget",
         "application/json": "an object as JSON", "application/pdf": "a document"}
SCHEMES = ("http", "https", "mailto", "left-out")  # of links; pictures may also use data:
INVISIBLE = "\u200b"  # a zero-width space that breaks up active markup without changing its look
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_WHOLE = re.compile(rf"<({'|'.join(WHOLE)})\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_ESCAPES = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[[0-?]*[ -/]*[@-~]?|.?)", re.S)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HARMLESS = re.compile(
    r"</?(?:b|i|u|s|em|strong|code|kbd|sub|sup|br|hr|details|summary|del)\s*/?>|<https?://[^\s<>\"'`]*>", re.I)
_COMMANDS = re.compile(r"\\(?=\s*(?:href|mmlToken|require|style|class|cssId|data|html\w*|bbox)\b)", re.I)
_MERMAID = re.compile(r"(?im)^([ \t>*+-]*+(?:`{3,}+|~{3,}+)[^\n]{0,200}?m)(?=ermaid)")


class Outputs:
    """Make the outputs of a notebook safe, cell by cell, within limits on their total size."""

    def __init__(self) -> None:
        self.room, self.markup = ROOM

    def safe(self, outputs: object) -> list[NotebookNode]:
        """Return a cell's outputs, rebuilt; an output line says what was left out."""
        given = outputs if isinstance(outputs, list) else []
        shown: list[NotebookNode] = []
        for output in given[:MOST]:
            try:
                made, missing = self._rebuilt(output)
            except Exception:  # a submitted file can contain anything
                made, missing = None, "an output"
            if made is not None and not self._fits(made):
                made, missing = None, "an output, because there are too many of this size"
            shown += [made] if made is not None else []
            shown += [left_out(missing)] if missing else []
        if len(given) > MOST:
            shown.append(left_out(f"{len(given) - MOST} more outputs"))
        return shown

    def _fits(self, output: NotebookNode) -> bool:
        data = output.get("data", {})
        size = len(output.get("text", "")) + sum(map(len, output.get("traceback", []))) + sum(map(len, data.values()))
        markup = len(data.get("text/html", ""))
        if size > self.room or markup > self.markup:
            return False
        self.room, self.markup = self.room - size, self.markup - markup
        return True

    def _rebuilt(self, output: dict) -> tuple[NotebookNode | None, str]:
        """Return a safe output, or None if nothing is left of it, and words for what is missing."""
        kind = output.get("output_type")
        if kind == "stream":
            name = output.get("name") if output.get("name") in ("stdout", "stderr") else "stdout"
            return NotebookNode(output_type="stream", name=name, text=text(_joined(output.get("text")))), ""
        if kind == "error":
            lines = output.get("traceback")
            frames = [text(line, TEXT // 4) for line in lines[-20:]] if isinstance(lines, list) else []
            name, value = text(str(output.get("ename")), 200), text(str(output.get("evalue")), TEXT // 4)
            frames = frames or [f"{name}: {value}"]
            return NotebookNode(output_type="error", ename=name, evalue=value, traceback=frames), ""
        if kind not in ("display_data", "execute_result"):
            return None, "an output"
        data, missing = self._data(output.get("data"))
        if not data:
            return None, missing or "an output"
        made = NotebookNode(output_type=kind, data=NotebookNode(data), metadata=_metadata(output.get("metadata"), data))
        if kind == "execute_result":
            made.execution_count = None
        return made, missing

    def _data(self, given: object) -> tuple[dict[str, str], str]:
        """Return the kept representations of one object, and words for what is missing."""
        given = given if isinstance(given, dict) else {}
        data, refused = {}, []
        for kind, content in given.items():
            made, missing = self._represented(kind, content)
            if made:
                data[made[0]] = made[1]
            if missing:
                refused.append(missing)
        rich = any(kind != "text/plain" for kind in data)
        return data, "" if rich or not refused else refused[0]

    def _represented(self, kind: str, content: object) -> tuple[tuple[str, str] | None, str]:
        if kind in PICTURES:
            made = picture(kind, content)
            if made is None:
                return None, "a picture that is too large or damaged"
            if kind == "image/gif":  # nbconvert does not support GIF
                return ("text/html", f'<img alt="a picture" src="data:image/gif;base64,{made}">'), ""
            return (kind, made), ""
        if kind == "application/json":
            return None, KINDS[kind]
        content = _joined(content)
        if kind == "text/plain":
            return (kind, text(content)), ""
        if kind == "image/svg+xml":
            return ((kind, content), "") if _is_drawing(content) else (None, "a picture that is too large or damaged")
        if kind == "text/html":
            if len(content) > min(MARKUP, self.markup):
                return None, "a table or page that is too large"
            cleaned, missing = html(_CONTROLS.sub("\ufffd", content))
            return ((kind, cleaned) if cleaned.strip() else None), missing
        if kind == "text/latex":
            return (kind, markup(text(content))), ""
        if kind == "text/markdown":
            return (kind, with_pictures(markup(text(content)), {})[0]), ""
        return None, KINDS.get(kind, "an object that only its program can show")


def left_out(what: str) -> NotebookNode:
    """Return the line that replaces an output."""
    return NotebookNode(output_type="stream", name="stdout", text=f"[left out here: {what}]\n")


def text(given: str, longest: int = TEXT) -> str:
    """Return a text as a terminal would leave it, without colours and control codes.

    If it is longer than `longest` characters, only its beginning and its end are kept.
    """
    if len(given) > 20 * longest:
        given = given[: 10 * longest] + given[-10 * longest:]
    given = _ESCAPES.sub("", given)
    if "\r" in given or "\b" in given:
        given = "\n".join(map(_typed_over, given.replace("\r\n", "\n").split("\n")))
    given = _CONTROLS.sub("\ufffd", given)
    if len(given) <= longest:
        return given
    head, tail = given[: longest * 3 // 4], given[-longest // 4:]
    return f"{head}\n[left out here: {len(given) - longest} characters]\n{tail}"


def _typed_over(line: str) -> str:
    """Return what remains visible of a line that was overwritten, for example by a progress bar."""
    line = next((part for part in reversed(line.split("\r")) if part), "")
    if "\b" not in line:
        return line
    kept: list[str] = []
    for character in line:
        if character != "\b":
            kept.append(character)
        elif kept:
            kept.pop()
    return "".join(kept)


def markup(given: str) -> str:
    """Return Markdown or TeX in which no tag, link in a formula or diagram has an effect when it is rendered."""
    if len(given) > MARKDOWN:
        given = f"{given[:MARKDOWN]}\n\n[left out here: {len(given) - MARKDOWN} characters]"
    given = _CONTROLS.sub("\ufffd", given.replace("\r\n", "\n").replace("\r", "\n"))
    found, place = [], 0
    for tag in re.finditer(r"<(?=[A-Za-z/!?])", given):
        harmless = _HARMLESS.match(given, tag.start())
        found += [given[place:tag.end()], "" if harmless else INVISIBLE]
        place = tag.end()
    given = "".join([*found, given[place:]])
    return _MERMAID.sub(rf"\1{INVISIBLE}", _COMMANDS.sub(rf"\\{INVISIBLE}", given))


def attachments(given: object) -> NotebookNode:
    """Return the pictures among the attachments of a text cell."""
    found = NotebookNode()
    for name, kinds in given.items() if isinstance(given, dict) else ():
        for kind, content in kinds.items() if isinstance(kinds, dict) else ():
            made = picture(kind, content, ATTACHED) if kind in PICTURES else None
            if made is not None and len(found) < MOST:
                found.setdefault(_CONTROLS.sub("\ufffd", str(name)), NotebookNode())[kind] = made
    return found


def with_pictures(source: str, given: Mapping[str, Any]) -> tuple[str, NotebookNode]:
    """Return Markdown that formgrader can show, and its pictures under simple names.

    formgrader uses nbconvert, which fails on a missing picture and keeps links to scripts. A text with such
    problems is turned into a code block, so that it is shown as typed.
    """
    plain = {name: f"picture-{number}" for number, name in enumerate(given, start=1)}

    def renamed(found: re.Match) -> str:
        name = found[1] if found[1] in plain else unquote(found[1])
        return f"attachment:{plain[name]}" if name in plain else f"left-out:{found[1]}"

    made = re.sub(r"attachment:([^)\s\"'>]{0,300})", renamed, source)
    pictures = NotebookNode({plain[name]: kinds for name, kinds in given.items()})
    try:
        page = _Links(MarkdownWithMath(IPythonRenderer(escape=False, attachments=pictures)).render(made))
        fine = page.harmless
    except Exception:  # a name with yet another spelling
        fine = False
    if not fine:
        made = "\n".join(f"    {line}" for line in source.split("\n"))
    return made, pictures


class _Links(HTMLParser):
    """A parser that checks a page: `harmless` says whether its links are of the usual kinds and nothing in it runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.harmless = True
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value or "") if name in ("href", "src") else ""
            scheme = _SCHEME.match(plain)
            self.harmless &= not name.startswith("on") and (
                scheme is None or scheme[1].lower() in SCHEMES or (tag, scheme[1]) == ("img", "data"))
        self.harmless &= tag not in WHOLE


def picture(kind: str, content: object, largest: int = PICTURE) -> str | None:
    """Return a picture in base64 if it has the stated type and is not too large, otherwise None."""
    content = _joined(content)
    if len(content) > largest:
        return None
    try:
        raw = base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(raw).decode() if raw.startswith(PICTURES[kind]) else None


def html(given: str) -> tuple[str, str]:
    """Return HTML in which nothing runs or is fetched, and words for what was removed."""
    gone = [WHOLE[found[1].lower()] for found in _WHOLE.finditer(given)]
    kept = _WHOLE.sub("", given)
    if _depth(kept) > DEEPEST:
        return "", "a table or page that is nested too deeply"
    return clean(kept), next(filter(None, gone), "")


def _depth(given: str) -> int:
    """Return the maximum nesting depth if only the innermost element can be closed: it determines the parsing time."""
    opened: list[str] = []
    deepest = 0
    for tag in re.finditer(r"<(/?)([A-Za-z][A-Za-z0-9]*)", given):
        name = tag[2].lower()
        if name in ENDLESS:
            continue
        if not tag[1]:
            opened.append(name)
            deepest = max(deepest, len(opened))
        elif opened and opened[-1] == name:
            opened.pop()
    return deepest


def clean(given: str, page: bool = False) -> str:
    """Return HTML with only known tags and attributes; a picture that would have to be fetched becomes a line of text.

    The `class` attribute is allowed on the grader's own pages only: formgrader's buttons depend on it.
    """
    allowed = (lambda tag, name, value: name == "class" or _allowed(tag, name, value)) if page else _allowed
    cleaner = bleach.Cleaner(tags=TAGS, attributes=allowed, protocols={"http", "https", "mailto", "data"},
                             strip=True, filters=[_PicturesElsewhere])
    return cleaner.clean(given)


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in ("alt", "title", "colspan", "rowspan", "scope"):
        return True
    if (tag, name) == ("img", "src"):
        return bool(_DATA.fullmatch(value))
    return (tag, name) == ("a", "href") and value.startswith(("https://", "http://", "#"))


class _PicturesElsewhere(Filter):
    """Replace pictures that would have to be fetched by their alternative text."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token.get("name") == "img" and (None, "src") not in token.get("data", {}):
                words = token.get("data", {}).get((None, "alt"), "")
                yield {"type": "Characters", "data": f"[left out here: a picture{': ' if words else ''}{words[:200]}]"}
            else:
                yield token


def _is_drawing(content: str) -> bool:
    return 0 < len(content) <= PICTURE and "<svg" in content[:2000] and not _CONTROLS.search(content.replace("\r", ""))


def _metadata(given: object, data: dict[str, str]) -> NotebookNode:
    """Return the size and alternative text of each picture."""
    found = NotebookNode()
    for kind in data:
        about = given.get(kind) if isinstance(given, dict) else None
        if kind not in PICTURES or not isinstance(about, dict):
            continue
        kept = {key: about[key] for key in ("width", "height")
                if type(about.get(key)) in (int, float) and 0 < about[key] < 1e4}
        if isinstance(about.get("alt"), str):
            kept["alt"] = text(about["alt"], 1000)
        found[kind] = NotebookNode(kept)
    return found


def _joined(content: object) -> str:
    """Return a text that may be stored as a list of lines."""
    if isinstance(content, list):
        content = "".join(part for part in content if isinstance(part, str))
    return content if isinstance(content, str) else ""
