"""Cases kept as files: a line that says what is shown, then named sections, in the manner of Go's txtar."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"

_MARKER = re.compile(r"^-- ([a-z]+) --\n", re.MULTILINE)


def case_names(folder: str) -> list[str]:
    """Return the names of the cases in a folder of ``tests/cases``, sorted."""
    return sorted(path.stem for path in (CASES / folder).glob("*.txt"))


def read_case(folder: str, name: str) -> dict[str, str]:
    """Return the sections of a case by name, as they stand in the file."""
    _, *parts = _MARKER.split((CASES / folder / f"{name}.txt").read_bytes().decode())
    return dict(zip(parts[::2], parts[1::2], strict=True))
