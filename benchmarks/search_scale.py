"""What a first query fetches of an index of very many reports: the index alone is made, without a site, and asked in a browser.

The page of the search and its scripts are those of a site that has been built (``--page``). Passages get topics by chance, as
many as real ones have, for linking so many reports would take longer than all else.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from benchmarks.search_browser import first_queries  # noqa: E402 - found beside this folder
from generator.catalogues import Catalogues  # noqa: E402
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes  # noqa: E402
from generator.content.load import load_filing  # noqa: E402
from generator.content.tree import read_place, scan_places  # noqa: E402
from generator.model import Place, Report  # noqa: E402
from generator.search.facets import manifest_file, place_facets  # noqa: E402
from generator.search.folding import encode_folding, folding_array, make_folding  # noqa: E402
from generator.search.keys import report_keys  # noqa: E402
from generator.search.names import encode_names  # noqa: E402
from generator.search.numbering import Numbering, number_reports, text_files  # noqa: E402
from generator.search.reading import shard_file  # noqa: E402
from generator.search.spilling import Spill  # noqa: E402
from generator.search.texts import SearchText, encode_text, search_text  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure first queries of an index of very many reports.")
    parser.add_argument("project", type=Path, help="made by make_corpus.py; need not be built")
    parser.add_argument("--page", type=Path, required=True, help="a built site whose search page is used")
    parser.add_argument("--queries", type=int, default=20)
    arguments = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        queries, size = write_index(arguments.project, site, arguments.queries)
        shutil.copytree(arguments.page / "assets", site / "assets")
        shutil.copy(arguments.page / "search" / "index.html", site / "search" / "index.html")
        print(f"{size:,} reports, index written in {time.perf_counter() - started:.0f} s in one process")
        for slow in (False, True):
            for line in first_queries(site, queries, slow=slow):
                print(line)
    return 0


def write_index(project: Path, site: Path, how_many: int) -> tuple[list[str], int]:
    """Write the files of the index; return some queries drawn from the texts, and how many reports there are."""
    rng = random.Random(7)
    tree = scan_places(project / "content" / "places")
    read = ((path, read_place(tree.root, path, stamp)[0]) for path, stamp in tree.places.items())
    places = {path: place for path, place in read if place}
    numbering = number_reports(tree.reports)
    catalogues = load_catalogues(read_catalogue_bytes(project / "content")).catalogues
    topics, folded, queries = (
        [topic.id for topic in catalogues.second_level()],
        folding_array(make_folding()),
        list[str](),
    )
    with Spill(site.parent / "spill", len(numbering.ids)) as spill:
        for number, (id_, name) in enumerate(zip(numbering.ids, text_files(numbering.years), strict=True)):
            text = text_of(load_filing(tree.root, tree.reports[id_]).report, places, topics, rng)
            write(site, name, encode_text(text))
            passages = [passage.text for section in text.sections for passage in section.passages]
            headings = [section.heading for section in text.sections]
            spill.add(report_keys(text.title, text.place, headings, passages, folded), number)
            if number % (len(numbering.ids) // how_many) == 0:
                queries += drawn(passages, rng)
        spill.close()
        for part in spill.parts(numbering.stamp):
            for shard, content in Spill.shards(part):
                write(site, shard_file(shard), content)
    for name, content in others(numbering, places, catalogues):
        write(site, name, content)
    return queries[:how_many], len(numbering.ids)


def others(numbering: Numbering, places: dict[str, Place], catalogues: Catalogues) -> Iterator[tuple[str, bytes]]:
    yield "manifest.bin", manifest_file(numbering, catalogues, 0)
    yield "folding.bin", encode_folding(make_folding())
    yield "aliases/0.bin", zlib.compress(msgspec.json.encode({}), 9)
    yield from place_facets(numbering, {path: place.name for path, place in places.items()})
    yield from encode_names(places, ()).items()


def text_of(report: Report, places: dict[str, Place], topics: list[str], rng: random.Random) -> SearchText:
    place = places[report.place]
    parts = place.path.split("/")
    above = "".join(places["/".join(parts[:depth])].name for depth in range(1, len(parts)))
    given = {passage.id: rng.sample(topics, rng.randint(1, 3)) for passage in report.passages}
    return search_text(report, report.record.title or "", place.name, above, given)


def drawn(passages: list[str], rng: random.Random) -> list[str]:
    words, size = rng.choice(passages), rng.randint(2, 12)
    start = rng.randrange(max(1, len(words) - size))
    query = words[start : start + size]
    return [query] if len(query) > 1 and not any(letter.isspace() for letter in query) else []


def write(site: Path, name: str, content: bytes) -> None:
    path = site / "search" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
