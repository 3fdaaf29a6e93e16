"""What is wrong with one value, in plain words: what it must be and what was found. Never pydantic's own terms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gameday.core.text import clean_line, did_you_mean
from gameday.core.units import format_duration
from gameday.scenario.source.document import Path
from gameday.scenario.source.scalars import MAX_DIGITS, looks_like_number, resolve

CLIP = 60
"""Characters of a value or key that a message repeats at most."""
_LISTED = 12

_MAPPING = "keys and values"
_LIST = 'a list (lines that begin with "- ")'
_KINDS = {
    _MAPPING: ("model_type", "model_attributes_type", "dict_type", "dataclass_type", "mapping_type"),
    _LIST: ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type", "dataclass_exact_type"),
    "text": ("string_type", "string_sub_type"),
    "a whole number": ("int_type", "int_parsing", "int_from_float", "int_parsing_size"),
    "a number": ("float_type", "float_parsing"),
    "true or false": ("bool_type", "bool_parsing"),
    "left empty": ("none_required",),
}
_EXPECTED = {error_type: words for words, types in _KINDS.items() for error_type in types}
_LIMITS = {
    "greater_than": ("gt", "above {}"),
    "greater_than_equal": ("ge", "at least {}"),
    "less_than": ("lt", "below {}"),
    "less_than_equal": ("le", "at most {}"),
    "multiple_of": ("multiple_of", "a multiple of {}"),
    "string_too_short": ("min_length", "at least {} characters long"),
    "string_too_long": ("max_length", "at most {} characters long"),
    "string_pattern_mismatch": ("pattern", "of the form {}"),
    "too_short": ("min_length", "at least {} long"),
    "too_long": ("max_length", "at most {} long"),
}


def code_of(error_type: str) -> str:
    """The code of a problem for a type of pydantic error; those that validators of ours raise are codes already."""
    if "-" in error_type:
        return error_type
    if error_type in _EXPECTED:
        return "wrong-type"
    codes = {
        "extra_forbidden": "unknown-key",
        "unexpected_keyword_argument": "unknown-key",
        "missing": "missing-key",
        "missing_argument": "missing-key",
        "union_tag_not_found": "missing-key",
        "union_tag_invalid": "bad-choice",
        "literal_error": "bad-choice",
        "enum": "bad-choice",
    }
    return codes.get(error_type, "bad-value")


def quoted(text: str, limit: int = CLIP) -> str:
    """`text` in double quotes, cleaned and clipped."""
    return f'"{clean_line(text, limit)}"'


def found(value: object) -> str:
    """A value as a message names it, short whatever its size."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return _MAPPING
    return "a list" if isinstance(value, list) else "something else"


def subject(path: Path) -> str:
    """What stands at `path`, as the start of a sentence."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, str):
        return quoted(last)
    keys = [step for step in path if isinstance(step, str)]
    return f"item {last + 1} of {quoted(keys[-1])}" if keys else f"item {last + 1}"


def expected(error_type: str, context: Mapping[str, object], choices: list[str], value: object = None) -> str | None:
    """What a value must be, to follow "must be"; None where only the validator's own words say it.

    The limit of a `value` that is written as a duration is said as one.
    """
    if error_type in _EXPECTED:
        return _EXPECTED[error_type]
    if error_type in _LIMITS:
        key, words = _LIMITS[error_type]
        return words.format(clean_line(_limit(context.get(key, "?"), value), CLIP))
    if code_of(error_type) == "bad-choice":
        return one_of(choices or [clean_line(str(context.get("expected", "?")), 200)])
    return "a finite number" if error_type == "finite_number" else None


def _limit(limit: object, value: object) -> str:
    is_duration = isinstance(value, str) and _DURATION.fullmatch(value) is not None
    return format_duration(limit) if is_duration and isinstance(limit, int) and limit else str(limit)


def one_of(words: list[str]) -> str:
    """`a`, or `one of a, b, c`; long lists are cut."""
    shown = [clean_line(word, CLIP) for word in words[:_LISTED]]
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return shown[0] if len(words) == 1 else f"one of {', '.join(shown)}{more}"


def cure(error_types: list[str], value: object) -> str:
    """What would mend a value of the wrong type, as the end of a sentence, or nothing."""
    wanted = [_EXPECTED.get(error_type, "") for error_type in error_types]
    numeric = any("number" in words for words in wanted)
    if isinstance(value, str):
        if "true or false" in wanted and value.lower() in ("yes", "no", "on", "off", "true", "false"):
            return f"; write {'true' if value.lower() in ('yes', 'on', 'true') else 'false'}"
        if numeric and looks_like_number(value):
            return "; write it without quotes" if not isinstance(resolve(value), str) else _TOO_LONG
        return _PLAINLY if numeric and _OTHERWISE_WRITTEN.fullmatch(value) else ""
    if "text" in wanted and value is not None and not isinstance(value, Mapping | list):
        return "; put it in quotes"
    return ""


_DURATION = re.compile(r"(?:[0-9.]+(?:us|ms|[smhd]))+")
_TOO_LONG = f"; a number has {MAX_DIGITS} digits at most"
_PLAINLY = f"; numbers are written plainly: up to {MAX_DIGITS} digits, no exponent"
_OTHERWISE_WRITTEN = re.compile(r"[-+]?[0-9.][0-9a-fA-FxX_.,]*(?:[eE][-+]?[0-9]+)?")
"""Numbers in other spellings: 1e300, 1_000, +5, 010, 0x10."""


def version_problem(value: object, version: object) -> str:
    """What is wrong with a file that says `gameday: 2`."""
    told = f"this file is of version {value} of the format, newer than the {version} that this gameday reads"
    return f"{told}; get a newer gameday"


def must_be(path: Path, words: str, value: object, choices: list[str], ending: str = "") -> str:
    """`"replicas" must be a whole number, found "three"` with a near choice or a cure at the end."""
    near = did_you_mean(clean_line(value, CLIP), choices) if isinstance(value, str) else ""
    nothing = "; is it empty?" if not path and value is None else ""
    return f"{subject(path)} must be {words}, found {found(value)}{near or ending or nothing}"


def unknown_key(key: str, meant: str | None, names: list[str]) -> str:
    """`unknown key "tmeout"; did you mean "timeout"?`, or the keys that are known where nobody knows what was meant."""
    if meant is not None:
        return f'unknown key {quoted(key)}; did you mean "{meant}"?'
    known = f"; known here: {', '.join(names)}" if names and len(names) <= _LISTED else ""
    return f"unknown key {quoted(key)}{known}"
