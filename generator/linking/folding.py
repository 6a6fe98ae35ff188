"""Words of catalogues and texts folded alike before they are matched, and the way back to the printed characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_DROPPED = " \t\r\n\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff“”‘’\"'「」『』"
_DASHES = "－—–―‐‑─"
_TABLE: dict[str, str] = {
    **{chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
    **{chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
    **dict.fromkeys(_DROPPED, ""),
    **dict.fromkeys(_DASHES, "-"),
}
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}]")
_GONE = re.compile(f"[{re.escape(_DROPPED)}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``gaps`` are the places in it where characters of the printed text were dropped."""

    text: str
    gaps: Sequence[int]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the printed text of a span (not empty) in the folded one."""
        return start + bisect_right(self.gaps, start), end + bisect_right(self.gaps, end - 1)


def fold(text: str) -> str:
    """Fold full width and case; drop white space and quotation marks; make all dashes one."""
    return _FOLDED.sub(lambda match: _TABLE[match.group()], text)


def fold_text(text: str) -> Folded:
    """Fold a text and keep the way back. One character is folded to one or none."""
    folded = fold(text)
    if len(folded) == len(text):
        return Folded(folded, ())
    return Folded(folded, [match.start() - before for before, match in enumerate(_GONE.finditer(text))])
