"""docs/truths.md tells of every rule, and every test that it names is there."""

import re
from pathlib import Path

from drumbeat.signals.rules import TRUTHS

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("drumbeat/signals/tests", "drumbeat/desk/lookback/tests")
BEAT = ("promise_late", "prework_twice", "told_alone_waits")
WEEK = ("unmet", "plan_pace", "above_plan_unmet", *BEAT, "thank_you")


def test_every_rule_is_explained():
    headings = re.findall(r"^### `(\w+)`", (ROOT / "docs/truths.md").read_text(encoding="utf-8"), re.M)
    assert headings == [*(rule.key for rule in TRUTHS), *WEEK]


def test_every_named_test_is_there():
    text = (ROOT / "docs/truths.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+|Test\w+)`", text))
    code = "".join(
        path.read_text(encoding="utf-8") for place in PLACES for path in (ROOT / place).glob("test_*.py")
    )
    assert named
    assert named <= set(re.findall(r"(?:def|class) (\w+)", code))
