"""Reading a YAML file: bytes, size, encoding, characters, then the builder. Nothing but InputError leaves it."""

from __future__ import annotations

import re
import stat
from itertools import islice
from pathlib import Path as FilePath

import yaml

from gameday.core.errors import InputError, Problem
from gameday.core.text import clean_line, did_you_mean, mask
from gameday.scenario.source.building import Builder
from gameday.scenario.source.document import Document, Position, Source
from gameday.scenario.source.syntax import syntax_error

MAX_BYTES = 1 << 20
_BESIDE = 1_000
"""Files of a folder that are looked through for one that was meant."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 parsers count as the end of a line."""
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: FilePath | str) -> Document:
    """The document in a file. Raises InputError (fatal) with the path for whatever keeps it from being read."""
    name = str(path)
    try:
        file = FilePath(path)
        mode = file.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _unreadable(name, "is a directory, not a file", "not-a-file")
        if not stat.S_ISREG(mode):
            raise _unreadable(name, "is not an ordinary file", "not-a-file")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _unreadable(name, f"there is no such file{_near(FilePath(path))}", "no-file") from None
    except PermissionError:
        raise _unreadable(name, "may not be read: its permissions forbid it", "no-permission") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable(name, f"cannot be read: {clean_line(reason, 200)}", "unreadable") from None
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in the bytes of a file called `name`. Raises InputError (fatal)."""
    if len(data) > MAX_BYTES:
        raise _unreadable(name, f"is larger than {MAX_BYTES // 1024} KiB; split it", "too-big")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _unreadable(name, "is UTF-16; save it as UTF-8", "encoding")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, name) from None
    return read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """The document in `text`, called `name` in messages. Raises InputError (fatal)."""
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _unreadable(name, f"is larger than {MAX_BYTES // 1024} KiB; split it", "too-big")
    source = Source(name, tuple(mask(line) for line in _BREAK.split(text)))
    _refuse_at(_CONTROL, text, source, "control", "a control character (code {code}) cannot stand in YAML; remove it")
    _refuse_at(_DIRECTIVE, text, source, "directive", "a line that begins with % is a YAML directive; remove it")
    try:
        return Builder(source).build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise syntax_error(source, error) from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, f"cannot be read as YAML: {clean_line(str(error), 200)}", "syntax") from None


def _refuse_at(pattern: re.Pattern[str], text: str, source: Source, code: str, message: str) -> None:
    match = pattern.search(text)
    if match is None:
        return
    before = _BREAK.split(text[: match.start()])
    position = Position(len(before), len(before[-1]) + 1, 1)
    character = text[match.start() : match.start() + 1]
    raise InputError([source.problem(position, message.format(code=f"0x{ord(character):02x}"), code)], fatal=True)


def _not_utf8(data: bytes, offset: int, name: str) -> InputError:
    line = data.count(b"\n", 0, offset) + 1
    start = data.rfind(b"\n", 0, offset) + 1
    end = data.find(b"\n", offset)
    written = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace")
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    byte = data[offset]
    guess = f' (in Latin-1 it is "{bytes([byte]).decode("latin-1")}")' if byte >= 0xA0 else ""
    message = f"byte 0x{byte:02x} at offset {offset}, in line {line}, is not UTF-8{guess}; save the file as UTF-8"
    return InputError([Problem(name, line, column, message, "encoding", 1, mask(written.rstrip("\r")))], fatal=True)


def _near(path: FilePath) -> str:
    """The file beside it that was most likely meant."""
    try:
        beside = sorted(file.name for file in islice(path.parent.iterdir(), _BESIDE))
    except (OSError, ValueError):
        return "; there is no such folder either"
    return did_you_mean(path.name, beside)


def _unreadable(name: str, reason: str, code: str) -> InputError:
    return InputError([Problem(name, 0, 0, reason, code)], fatal=True)
