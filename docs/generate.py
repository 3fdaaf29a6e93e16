"""Writes what the documentation says about the models, verbs, faults and metrics, from the code itself.

python docs/generate.py            write docs/reference.md and docs/schema/
python docs/generate.py --check    say which of them are not what the code says (exit 1)
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from gameday.cli.main import VERBS as CLI_VERBS
from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.kinds.effects import PARAMETERS
from gameday.core.kinds.services import PRESETS
from gameday.core.signals import METRICS, STATE_SUBJECTS
from gameday.core.verbs import VERBS
from gameday.scenario.schema import oncall_schema, playbook_schema, scenario_schema

DOCS = Path(__file__).parent
Schema = dict[str, Any]

_GROUPS = {
    "act": "Actions on the system",
    "look": "Looking",
    "coordinate": "Coordinating",
    "walk": "Walking the playbook",
}


def reference() -> str:
    """The whole of docs/reference.md."""
    parts = [
        "# Reference",
        "Generated from the code by `python docs/generate.py`; a test fails when it drifts.",
        _verbs(),
        _commands(),
        _metrics(),
        "## Scenario files",
        *_models(scenario_schema(), "Scenario"),
        "## Playbook files",
        *_models(playbook_schema(), "Playbook", skip=set(scenario_schema().get("$defs", {}))),
        "## On-call files",
        *_models(oncall_schema(), "OncallFile", skip=set(scenario_schema().get("$defs", {}))),
        _table("## Kinds of service", ("kind", "waits", "overflow", "meaning"), [
            (name, preset.waits, preset.overflow, preset.summary) for name, preset in PRESETS.items()
        ]),
        _table("## Parameters that effects change", ("parameter", "of", "combine by", "per segment", "meaning"), [
            (name, kind.target, kind.combine, "yes" if kind.by_class else "no", kind.summary)
            for name, kind in PARAMETERS.items()
        ]),
        _table("## Mechanisms of a diagnosis", ("word", "meaning"), list(MECHANISMS.items())),
        _table("## Sustaining effects", ("word", "meaning"), list(SUSTAINING.items())),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _verbs() -> str:
    tables = []
    for name, entry in CLI_VERBS.items():
        command = import_module(entry.module).command
        if isinstance(command, click.Group):
            tables += [_verb(f"{name} {part}", one, entry.summary) for part, one in command.commands.items()]
        else:
            tables.append(_verb(name, command, entry.summary))
    return "\n\n".join(["## Verbs of the command line", *tables])


def _verb(name: str, command: click.Command, summary: str) -> str:
    rows = [
        (f"`{' '.join((*one.opts, *one.secondary_opts))}`", _one_line(one.help or ""))
        for one in command.params
        if isinstance(one, click.Option)
    ]
    about = _one_line((command.help or summary).split("\f")[0])
    context = click.Context(command)
    usage = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
    title = " ".join(["### gameday", name, *usage])
    return f"{title}\n{about}\n\n" + _table("", ("option", "does"), rows).strip()


def _commands() -> str:
    tables = [
        _table(f"### {title}", ("command", "does", "takes"), [
            (f"`{verb.usage}`", verb.summary, f"{verb.takes} s" if verb.takes else "")
            for verb in VERBS.values()
            if verb.group == group
        ])
        for group, title in _GROUPS.items()
    ]  # fmt: skip
    return "\n\n".join(["## Commands in a session", *tables])


def _metrics() -> str:
    states = [(f"`{name}.{word}`", "1 when true") for name, words in STATE_SUBJECTS.items() for word in words]
    return (
        _table("## Metrics", ("metric", "meaning"), [(f"`{name}`", text) for name, text in METRICS.items()])
        + "\n\nConditions read them as `subject.metric`, such as\n`checkout.errors > 5% over 1m for 2m`; these too:\n\n"
        + _table("", ("state", "meaning"), states).strip()
    )


def _models(schema: Schema, top: str, skip: set[str] | None = None) -> list[str]:
    named = {
        top: schema,
        **{name: part for name, part in schema.get("$defs", {}).items() if name not in (skip or set())},
    }
    return [_model(name, part) for name, part in named.items() if "properties" in part]


def _model(name: str, schema: Schema) -> str:
    required = schema.get("required", [])
    rows = [
        (
            f"`{key}`",
            _type(part),
            "required" if key in required else _default(part),
            _one_line(part.get("description", "")),
        )
        for key, part in schema["properties"].items()
    ]
    about = _one_line(schema.get("description", ""))
    return f"### {name}\n{about}\n\n" + _table("", ("key", "type", "default", "meaning"), rows).strip()


def _type(part: Schema) -> str:
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in part or "oneOf" in part:
        options = [one for one in part.get("anyOf", part.get("oneOf", [])) if one.get("type") != "null"]
        return " or ".join(_type(one) for one in options)
    if "enum" in part:
        return " ".join(f"`{one}`" for one in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if part.get("type") == "array":
        return f"list of {_type(part.get('items', {}))}"
    if part.get("type") == "object":
        return _mapping(part)
    if examples := part.get("examples"):
        return "such as " + ", ".join(f"`{one}`" for one in examples[:2])
    kind = part.get("type", "anything")
    return (
        "text or number"
        if isinstance(kind, list)
        else {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)
    )


def _mapping(part: Schema) -> str:
    """`name: what stands under it`; the values' schema stands where pydantic puts it for the sort of key."""
    keys, values = part.get("propertyNames", {}), part.get("additionalProperties")
    patterns = list(part.get("patternProperties", {}).values())
    name = _type(keys) if "enum" in keys else "name"
    return f"{name}: {_type(patterns[0] if patterns else values if isinstance(values, dict) else {})}"


def _default(part: Schema) -> str:
    default = part.get("default")
    return "" if default in (None, [], {}, "") or isinstance(default, (dict, list)) else f"`{default}`"


def _table(title: str, heads: tuple[str, ...], rows: list[Any]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return f"{title}\n\n" + "\n".join(lines) if title else "\n" + "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def files() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    return {
        DOCS / "reference.md": reference(),
        DOCS / "schema" / "scenario.json": json.dumps(scenario_schema(), indent=1) + "\n",
        DOCS / "schema" / "playbook.json": json.dumps(playbook_schema(), indent=1) + "\n",
        DOCS / "schema" / "oncall.json": json.dumps(oncall_schema(), indent=1) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    stale = [path for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            sys.stdout.write(f"{path.name} is not what the code says; run: python docs/generate.py\n")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(files()[path], encoding="utf-8")
        sys.stdout.write(f"wrote {path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
