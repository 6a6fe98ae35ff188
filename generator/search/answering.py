"""A typed query and an index -> what is answered, for the command; ``templates/assets/search-page.js`` answers readers."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.search.engine import Filters, Hit, Wanted, find_hits, readings
from generator.search.names import Names, read_names
from generator.search.query import QueryProblem, parse_query
from generator.search.reading import Index, IndexFormatError
from generator.search.snippets import Snippet, cut_snippet


class SearchError(ValueError):
    """A search that cannot be made; the message says why and what to do."""


MOST_PLACES = 8
PROBLEMS: dict[QueryProblem, str] = {
    "empty": "没有要找的字；请写两个字以上，如 gongkai search 信访",
    "too_long": "太长了；请只写要紧的几个字",
    "too_many": "词太多了；请只写要紧的几个",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is shown: ``passage`` is null for one in a title or in the name of a place."""

    report: str
    passage: str | None
    heading: str | None
    snippet: Snippet
    alias: str | None


def open_index(site: Path) -> Index:
    """Open the index of a built site. Raise SearchError where there is none that this program reads."""
    index = Index(lambda name: (site / "search" / name).read_bytes())
    try:
        _ = index.manifest, index.folding
    except OSError:
        raise SearchError(f"{site} 里没有搜索索引；先运行 gongkai build") from None
    except IndexFormatError as error:
        raise SearchError(f"搜索索引的格式是 {error}，这个程序读不了；请用同一版本重新运行 gongkai build") from None
    return index


def answer(index: Index, typed: str, filters: Filters, limit: int | None = None) -> list[Shown]:
    """Return the hits of a query, best first; of one that stands nowhere as it is, those of what else it may mean.

    Raise SearchError for a query that cannot be looked for.
    """
    query = parse_query(typed, index.folding)
    if query.problem:
        raise SearchError(PROBLEMS[query.problem])
    hits = find_hits(index, readings(index, query), filters)
    first = next(hits, None)
    found = itertools.chain([first], hits) if first else find_hits(index, meanings(index, typed), filters)
    return [show(index, hit) for hit in itertools.islice(found, limit)]


def show(index: Index, hit: Hit) -> Shown:
    """Return a hit as it is shown."""
    if hit.section is None:
        name = hit.text.above + hit.text.place
        in_title = all(term in index.fold(hit.text.title) for term in hit.terms)
        words = hit.text.title if in_title else name
        return Shown(hit.text.id, None, None, cut_snippet(words, hit.terms, index.folding), hit.alias)
    words = hit.passage.text if hit.passage else hit.section.heading
    snippet = cut_snippet(words, hit.terms, index.folding)
    return Shown(hit.text.id, hit.passage.id if hit.passage else None, hit.section.heading, snippet, hit.alias)


def tell_hits(site: Path, typed: str, filters: Filters, limit: int | None, form: str) -> tuple[str, str]:
    """Return the answer in words or as JSON, and what else to try where there is none. Raise SearchError."""
    index = open_index(site)
    shown = answer(index, typed, filters, limit)
    hint = "" if shown else f"没有找到「{typed}」"
    if not shown and (near := suggestions(index, typed)):
        hint += f"；您要找的也许是：{near}"
    if index.missing:
        hint += f"；索引有 {len(index.missing)} 个文件读不到，结果可能不全：请重新运行 gongkai build"
    return (hits_json(shown) if form == "json" else hits_text(shown)), hint.removeprefix("；")


def hits_json(shown: list[Shown]) -> str:
    """Return hits as JSON; ``alias`` is there where something else was found than what was typed."""
    rows = [
        {
            "report": each.report,
            "passage": each.passage,
            "heading": each.heading,
            "snippet": each.snippet.words,
            **({"alias": each.alias} if each.alias else {}),
        }
        for each in shown
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n"


def hits_text(shown: list[Shown]) -> str:
    """Return hits for people: the report and its heading, then the words with what was found between 【 and 】."""
    lines: list[str] = []
    for each in shown:
        anchor = f"#{each.passage}" if each.passage else ""
        other = f"（按「{each.alias}」找到）" if each.alias else ""
        lines += [f"{each.report}{anchor}  {each.heading or ''}{other}".rstrip(), f"    {_marked(each.snippet)}"]
    return "".join(f"{line}\n" for line in lines)


def suggestions(index: Index, typed: str) -> str:
    """Return in words what may have been meant where nothing was found; empty where nothing is near."""
    near = _names(index).nearest(index.fold(typed))
    return "、".join(dict.fromkeys(each.word for each in near))


def meanings(index: Index, typed: str) -> Iterator[Wanted]:
    """Walk what a query may mean that stands nowhere as it is: the words that pinyin stands for, then places by their names."""
    names, folded = _names(index), index.fold(typed)
    for word in names.words(folded):
        yield Wanted((word,), alias=word)
    for each in names.suggest(folded, MOST_PLACES):
        if each.kind == "place":
            yield Wanted((index.fold(each.name),), alias=each.name, place=each.id)


@functools.lru_cache(maxsize=1)
def _names(index: Index) -> Names:
    def read(name: str) -> bytes | None:
        try:
            return index.read(name)
        except OSError:
            index.missing.add(name)
            return None

    return read_names(read, index.fold)


def _marked(snippet: Snippet) -> str:
    pieces, at = [], 0
    for start, end in snippet.marks:
        pieces += [snippet.words[at:start], "【", snippet.words[start:end], "】"]
        at = end
    return "".join([*pieces, snippet.words[at:]])
