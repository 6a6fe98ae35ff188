"""Other engines over the same texts: SQLite's FTS5, and Pagefind's indexer."""

from __future__ import annotations

import asyncio
import html
import importlib.metadata
import importlib.util
import itertools
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

Texts = Mapping[str, Sequence[tuple[str, str]]]
"""By report: (anchor, words)."""


def fts5(file: Path, texts: Texts, queries: Sequence[str]) -> tuple[list[set[str]], str]:
    """Index pairs of characters as words, ask for them as phrases; return the reports found, and what it cost."""
    db = sqlite3.connect(file)
    started = time.perf_counter()
    db.execute(
        "CREATE VIRTUAL TABLE units USING fts5 (report UNINDEXED, pairs, tokenize = \"unicode61 tokenchars '_'\")"
    )
    rows = ((id_, in_pairs(words)) for id_, units in texts.items() for _, words in units)
    db.executemany("INSERT INTO units VALUES (?, ?)", rows)
    db.commit()
    built = time.perf_counter() - started
    started = time.perf_counter()
    answers = [
        {id_ for (id_,) in db.execute("SELECT report FROM units WHERE pairs MATCH ?", (f'pairs: "{in_pairs(query)}"',))}
        for query in queries
    ]
    asked = (time.perf_counter() - started) / len(queries)
    db.close()
    return answers, f"built in {built:.0f} s, {file.stat().st_size / 1e6:.0f} MB, {asked * 1000:.0f} ms a query on disk"


def in_pairs(words: str) -> str:
    """Write each two neighbouring characters as a word of their code points: punctuation is lost otherwise."""
    codes = [f"{ord(letter):x}" for letter in words]
    return " ".join(f"{first}_{second}" for first, second in itertools.pairwise(codes))


def pagefind_index(folder: Path, texts: Texts) -> str | None:
    """Make Pagefind's index with its defaults for Chinese; return its version and what it cost, None where it is missing."""
    if importlib.util.find_spec("pagefind") is None:
        return None
    started = time.perf_counter()
    asyncio.run(_pagefind(folder, texts))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    version = importlib.metadata.version("pagefind")
    return f"{version}, built in {time.perf_counter() - started:.0f} s, {size / 1e6:.1f} MB"


async def _pagefind(folder: Path, texts: Texts) -> None:
    from pagefind.index import IndexConfig, PagefindIndex  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    async with PagefindIndex(IndexConfig(output_path=str(folder / "pagefind"))) as index:
        for id_, units in texts.items():
            body = "".join(f"<p>{html.escape(words)}</p>" for _, words in units)
            page = f'<html lang="zh-CN"><head><title>{id_}</title></head><body>{body}</body></html>'
            await index.add_html_file(content=page, url=f"/{id_}/")
