"""Work spread over processes with a bounded window, so that memory does not grow with the site."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

WORTH_WORKERS = 200
"""Starting processes costs more than reading or rendering this many files here."""
BATCH = 32
WINDOW = 8
"""Batches under way at once; ``Executor.map`` would submit every batch before the first result is taken."""


def default_jobs() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_executor(jobs: int, initializer: Callable[..., None] | None, arguments: tuple[object, ...]) -> Executor:
    """Return an executor of ``jobs`` local processes; any other ``Executor`` can take its place."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["generator.build"])
    return ProcessPoolExecutor(jobs, context, initializer, arguments)  # type: ignore[arg-type]  # typeshed wants tuple[()]


@contextmanager
def processes(
    jobs: int, work: int, initializer: Callable[..., None] | None = None, arguments: tuple[object, ...] = ()
) -> Iterator[Executor | None]:
    """Give an executor for so many pieces of work, or None where starting processes would cost more than the work."""
    if jobs == 1 or work < WORTH_WORKERS:
        yield None
        return
    with process_executor(jobs, initializer, arguments) as executor:
        yield executor


def in_batches(items: Iterable[In], size: int = BATCH) -> Iterator[list[In]]:
    """Cut items into lists of ``size``, the last one shorter."""
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def map_bounded(
    executor: Executor, function: Callable[[In], Out], items: Iterable[In], window: int = WINDOW
) -> Iterator[Out]:
    """Yield ``function`` of each item in order, with at most ``window`` of them submitted at once."""
    under_way: deque[Future[Out]] = deque()
    try:
        for item in items:
            under_way.append(executor.submit(function, item))
            if len(under_way) >= window:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()
