"""What the YAML parser's complaints mean, in words that say what to do."""

from __future__ import annotations

import yaml

from gameday.core.errors import InputError
from gameday.core.text import clean_line
from gameday.scenario.source.document import Position, Source

_COLON = "a ':' that does not fit here: quote a text that contains ': ',"
_CURES = {
    "mapping values are not allowed": f"{_COLON} or check the indentation and the line before",
    "could not find expected ':'": "this line or the one before it is a key without ':', or its indentation is off",
    "did not find expected key": "this does not line up with the keys above it: check the indentation, and quotes "
    "that close too early",
    "expected <block end>": "this does not line up with what stands above it: check the indentation",
    "did not find expected '-' indicator": "this does not line up with the list above it: begin it with '- ', or "
    "indent it as the list's parent",
    "did not find expected ',' or ']'": "a list in [ ] needs a ',' between its items and a ']' at its end",
    "did not find expected ',' or '}'": "a mapping in { } needs a ',' between its keys and a '}' at its end",
    "expected ',' or ']'": "a list in [ ] needs a ',' between its items and a ']' at its end",
    "expected ',' or '}'": "a mapping in { } needs a ',' between its keys and a '}' at its end",
    "did not find expected node content": "a value is missing here: a ',' or a bracket too many?",
    "expected the node content": "a value is missing here: a ',' or a bracket too many?",
    "<document start>": "this does not belong to what stands before it: check the indentation and the brackets",
    "found unknown escape character": "an unknown \\ escape: use single quotes, or write \\\\",
    "found unexpected end of stream": "a quote that is opened here is never closed",
    "found unexpected document indicator": "a quote that is opened here is never closed",
    "block sequence entries are not allowed": "a '- ' that does not fit here: begin the list on a line of its own",
    "sequence entries are not allowed": "a '- ' that does not fit here: begin the list on a line of its own",
    "mapping keys are not allowed": "a '? ' that does not fit here; quote text that begins with it",
    "found unexpected ':'": "a ':' that does not fit here; quote text that contains it",
    "tab character": "a tab cannot indent in YAML; use spaces",
    "comment or line break": "after | or > the text begins on the next line; quote text that begins with them",
    "whitespace or line break": "a tag (!) is not followed by a space; leave it out, or quote the text",
    "indentation indicator": "after | or > comes nothing but the text, on the next line",
    "did not find URI": "tags (!) are not read; leave it out, or quote text that begins with !",
    "hexdecimal number": "an incomplete \\ escape: use single quotes, or write \\\\",
    "did not find expected alphabetic or numeric": "a name is missing after * or &; quote text that begins with them",
    "expected alphabetic or numeric": "a name is missing after * or &; quote text that begins with them",
    "found undefined tag handle": "tags (!) are not read; leave it out, or quote text that begins with !",
    "expected tag URI": "tags (!) are not read; leave it out, or quote text that begins with !",
    "did not find the expected": "tags (!) are not read; leave it out, or quote text that begins with !",
}
_COLON_IN_BRACKETS = f"{_COLON} or put a ',' between the keys"
_AT_CONTEXT = ("found unexpected end of stream", "found unexpected document indicator")


def syntax_error(source: Source, error: yaml.YAMLError) -> InputError:
    """The fatal InputError for what the parser raised, with its own position; none where it gives none."""
    problem = clean_line(str(getattr(error, "problem", None) or "this is not YAML"), 200)
    mark = _mark(error, problem)
    if mark is None:
        return InputError([source.problem(Position(0, 0, 1), f"not YAML: {problem}", "syntax")], fatal=True)
    position = Position(mark.line + 1, mark.column + 1, 1)
    return InputError([source.problem(position, _cure(problem, _at(source, mark)), "syntax")], fatal=True)


def _at(source: Source, mark: yaml.Mark) -> str:
    """The character at the mark; nothing where the file ends."""
    line = source.lines[mark.line] if mark.line < len(source.lines) else ""
    return line[mark.column : mark.column + 1]


def _mark(error: yaml.YAMLError, problem: str) -> yaml.Mark | None:
    """Where a person has to look: for what is never closed, where it was opened."""
    here: yaml.Mark | None = getattr(error, "problem_mark", None)
    opened: yaml.Mark | None = getattr(error, "context_mark", None)
    in_brackets = "parsing a flow" in str(getattr(error, "context", None))
    never_closed = any(text in problem for text in _AT_CONTEXT)
    if opened and (never_closed or (in_brackets and here and here.line != opened.line)):
        return opened
    return here or opened


def _cure(problem: str, character: str) -> str:
    if "cannot start any token" in problem:
        if character in (" ", ""):  # a masked tab; a space begins no token and so is never complained about
            return "a tab cannot indent in YAML; use spaces"
        return f"text cannot begin with {character}; put it in quotes"
    if character == ":" and "expected ','" in problem:
        return _COLON_IN_BRACKETS
    for part, cure in _CURES.items():
        if part in problem:
            return cure
    return f"not YAML: {problem}"
