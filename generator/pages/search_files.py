"""The files of the search index, and the page of the search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import law_address, place_address, system_address, topic_address
from generator.pages.exports import display_title
from generator.pages.file_inputs import SearchFile, SearchShardFile, SearchTextFile
from generator.pages.holdings import Holdings
from generator.pages.inputs import SearchPage
from generator.pages.linked import Linked
from generator.pages.page import Page, Planned
from generator.pages.rows import Crumb
from generator.publishing.cache import encode
from generator.publishing.fingerprint import naming_digest
from generator.publishing.search_store import shard_digests, text_digests
from generator.publishing.shell import Prose
from generator.search.aliases import alias_bits, alias_files
from generator.search.building import ToIndex
from generator.search.facets import manifest_file, place_facets, topic_facets
from generator.search.folding import encode_folding, make_folding
from generator.search.names import OtherName, encode_names
from generator.search.numbering import number_reports, text_files
from generator.search.reading import shard_file

_FOLDER = "search/"
_MOST_LISTED = 200
"""Without scripts a page shows so many places and laws; the doors to all of them stand beside."""


def reports_to_index(holdings: Holdings, code: bytes) -> Iterator[ToIndex]:
    """Walk what of each report can be found; ``code`` is a digest of the code that makes texts and postings."""
    for entry in holdings.entries():
        summary = entry.summary
        place, above = holdings.places[summary.place].name, holdings.above(summary.place)
        title = display_title(summary.title, place, summary.year)
        made_from = encode((entry.digests.files, entry.digests.links, title, place, above, code))
        key = hashlib.blake2b(made_from, digest_size=16).digest()
        yield ToIndex(summary.id, title, place, above, key, entry.kept)


def search_page(linked: Linked, prose: Prose) -> Page:
    """Plan the page of the search."""
    tops = [place for place in linked.holdings.places.values() if "/" not in place.path]
    cited = linked.counts("laws/")
    topics = tuple(
        (
            Crumb(group.name, topic_address(group.id)),
            tuple(Crumb(child.name, topic_address(child.id)) for child in group.children),
        )
        for group in linked.catalogues.topics.topics
    )
    laws = [Crumb(law.name, law_address(law.id)) for law in linked.catalogues.laws.laws if f"laws/{law.id}" in cited]
    places = tuple(Crumb(place.name, place_address(place.path)) for place in tops[:_MOST_LISTED])
    inputs = SearchPage(prose, places, len(tops) > _MOST_LISTED, topics, tuple(laws[:_MOST_LISTED]))
    return Page(f"{_FOLDER}index.html", inputs)


def search_files(linked: Linked) -> Iterator[Page | Planned]:
    """Walk the files of the index."""
    digests = {id_: (digest, topics) for id_, digest, topics in text_digests(linked.db)}
    numbering = number_reports(digests)
    for id_, name in zip(numbering.ids, text_files(numbering.years), strict=True):
        yield Page(f"{_FOLDER}{name}", SearchTextFile(id_, digests[id_][0]))
    for shard, digest in shard_digests(linked.db):
        yield Page(f"{_FOLDER}{shard_file(shard)}", SearchShardFile(shard, digest))
    catalogues = linked.catalogues
    others = tuple(_other_names(linked))
    groups = [(each.name, *each.aliases) for each in others if each.kind != "topic"]
    small = {
        "manifest.bin": manifest_file(numbering, catalogues, alias_bits(groups)),
        "folding.bin": encode_folding(make_folding()),
        **dict(place_facets(numbering, {path: place.name for path, place in linked.holdings.places.items()})),
        **dict(topic_facets(numbering, {id_: topics for id_, (_, topics) in digests.items()}, catalogues)),
    }
    yield from _pages(small)
    levels = [place.record.level for place in linked.holdings.places.values()]
    shown = (others, levels, naming_digest())
    yield from linked.planned("search/names", shown, lambda: _name_files(linked, others, groups))


def _name_files(linked: Linked, others: Sequence[OtherName], groups: Sequence[Sequence[str]]) -> Iterator[Page]:
    """Walk the files that depend on names alone."""
    yield from _pages(dict(alias_files(groups, make_folding())))
    yield from _pages(encode_names(linked.holdings.places, others))


def _pages(files: Mapping[str, bytes]) -> Iterator[Page]:
    return (Page(f"{_FOLDER}{name}", SearchFile(content)) for name, content in files.items())


def _other_names(linked: Linked) -> Iterator[OtherName]:
    """Walk the topics, and the systems and laws that some report names."""
    named = {**linked.counts("systems/"), **linked.counts("laws/")}
    for group in linked.catalogues.topics.topics:
        yield OtherName("topic", group.name, topic_address(group.id), ())
        for topic in group.children:
            yield OtherName("topic", topic.name, topic_address(topic.id), topic.aliases)
    for topic in linked.catalogues.second_level():
        for system in topic.systems:
            if f"systems/{system.id}" in named:
                yield OtherName("system", system.name, system_address(system.id), system.aliases)
    for law in linked.catalogues.laws.laws:
        if f"laws/{law.id}" in named:
            yield OtherName("law", law.name, law_address(law.id), law.aliases)
