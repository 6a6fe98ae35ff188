"""Progress of long work: a counting line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

Item = TypeVar("Item")

_REFRESH_SECONDS = 0.1


@dataclass
class Progress:
    """Tells named steps, their counts and seconds, on ``stream``; ``quiet`` tells nothing."""

    quiet: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Tell a step when it ends, with how long it took and what it counted."""
        started = time.perf_counter()
        step = Step(name, self)
        yield step
        if not self.quiet:
            counted = f" {step.count:,}" if step.count else ""
            self._write(f"{name}{counted}（{time.perf_counter() - started:.1f} 秒）\n")

    def _write(self, text: str) -> None:
        self.stream.write(("\r\x1b[K" if self.stream.isatty() else "") + text)
        self.stream.flush()


@dataclass
class Step:
    """A step under way."""

    name: str
    progress: Progress
    count: int = 0
    shown: float = 0.0

    def counting(self, items: Iterable[Item]) -> Iterator[Item]:
        """Walk items, counting them; on a terminal the count is shown as it grows."""
        for item in items:
            self.add(1)
            yield item

    def add(self, count: int) -> None:
        """Count more of what the step works on."""
        self.count += count
        now = time.perf_counter()
        if not self.progress.quiet and self.progress.stream.isatty() and now - self.shown > _REFRESH_SECONDS:
            self.shown = now
            self.progress._write(f"{self.name} {self.count:,} …")  # noqa: SLF001 - a step is a part of its progress
