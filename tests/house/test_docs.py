"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_reference_and_the_schemas_are_what_the_code_says():
    finished = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.stdout == ""
    assert finished.returncode == 0


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


def test_every_name_in_the_reference_leads_to_what_stands_under_it():
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    headings = {title.lower() for title in re.findall(r"^### (\w+)$", text, re.MULTILINE)}
    assert "name: anything" not in text
    assert "| `slos` | name: [Objective](#objective) | required |" in text
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= headings
