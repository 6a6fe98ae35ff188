"""Two named reports compared and told: the command ``gongkai diff``."""

from __future__ import annotations

from generator.catalogues import Catalogues
from generator.comparing.compare import compare
from generator.comparing.formats import format_json, format_text
from generator.comparing.similarity import measure_similarity
from generator.comparing.words import make_cut
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.named import read_named
from generator.pages.changes_view import tables_of
from generator.pages.diff_document import diff_document
from generator.project import Project


def tell_difference(project: Project | None, old: str, new: str, form: str) -> str:
    """Compare two reports and return what changed as ``text``, ``json`` or ``html``. Raise NamedReportError."""
    reports = read_named(project, old), read_named(project, new)
    catalogues = load_catalogues(read_catalogue_bytes(project.content)).catalogues if project else Catalogues()
    names = {each.id: each.name for each in catalogues.indicators.indicators}
    cut = make_cut(tuple(catalogues.system_names()))
    comparison = compare(*reports, cut)
    similarity = measure_similarity(*reports, cut) if comparison.comparable else {}
    match form:
        case "json":
            return format_json(comparison, similarity)
        case "html":
            return diff_document(comparison, similarity, names, tables_of(*reports))
        case _:
            return format_text(comparison, names)
