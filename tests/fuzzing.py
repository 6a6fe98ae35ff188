"""Feed the readers and the loader of YAML what nobody would write: ``make fuzz TARGET=docx SECONDS=600``.

Atheris (coverage-guided, on libFuzzer) mutates documents of the cases. A target may refuse; it must not raise anything
else, take more than a minute, or more memory than the limit: libFuzzer then stops and keeps the input.
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import atheris

from tests.cases_reader import ROOT, case_names, read_case
from tests.documents.docx_making import make_docx
from tests.documents.pdf_making import make_pdf

with atheris.instrument_imports(include=["generator"]):
    from generator.content.schema import record_from, violations
    from generator.content.yaml_reading import YamlError, read_yaml
    from generator.importing.document import Document, ImportRefusedError
    from generator.importing.imported import import_document
    from generator.importing.readers.docx.reader import read_docx
    from generator.importing.readers.html.reader import read_html, read_web_archive
    from generator.importing.readers.markdown.reader import read_markdown
    from generator.importing.readers.pdf import reader as pdf_reader
    from generator.importing.readers.pdf.pages import read_pages
    from generator.importing.readers.pdf.print import Print
    from generator.importing.readers.plain_text import read_plain_text

_SECONDS_A_CASE, _MEGABYTES, _LONGEST = 60, 4_000, 65_536
_LARGEST_PART = 30_000
"""The styles of a template would take all the room that an input may have."""
_PART = b"\n-- part --\n"


def _here(content: bytes) -> Print:
    """Read the pages of a PDF in this process, which the fuzzer sees into."""
    reading = read_pages(content)
    if reading.refusal:
        raise ImportRefusedError(reading.refusal.message, reading.refusal.hint)
    if reading.print is None:
        raise TypeError("neither pages nor a refusal")
    return reading.print


def _reads(read: Callable[[bytes], Document]) -> Callable[[bytes], None]:
    def target(content: bytes) -> None:
        try:
            import_document(read(content))
        except ImportRefusedError as error:
            if not (error.message and error.hint):
                raise ValueError("a refusal without words") from error

    return target


def _docx_of_parts(content: bytes) -> Document:
    """Read a Word document whose parts are the input: what mutates is the XML and not the zip file round it."""
    parts = content.split(_PART)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        names = ("document", "numbering", "styles", "footnotes")
        for name, part in zip(names, parts, strict=False):
            archive.writestr(f"word/{name}.xml", part)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        related = "".join(f'<Relationship Id="{n}" Type="{kind}/{n}" Target="{n}.xml"/>' for n in names[1:])
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{related}</Relationships>')
    return read_docx(held.getvalue())


def _loads(content: bytes) -> None:
    try:
        value = read_yaml(content).value
    except YamlError:
        return
    for name in ("report", "place", "topics", "indicators", "laws", "deny"):
        if not list(violations(name, value)):
            record_from(name, value)


def _sections(prefix: str, section: str) -> Iterator[str]:
    for name in case_names("import"):
        if name.startswith(prefix) and (text := read_case("import", name).get(section)):
            yield text


def _docx_parts() -> Iterator[bytes]:
    for source in _sections("docx", "docx"):
        with zipfile.ZipFile(io.BytesIO(make_docx(source))) as archive:
            held = {info.filename for info in archive.infolist() if info.file_size < _LARGEST_PART}
            names = [f"word/{name}.xml" for name in ("document", "numbering", "styles", "footnotes")]
            yield _PART.join(archive.read(name) if name in held else b"<x/>" for name in names)


def _records() -> Iterator[bytes]:
    for folder in ("content", "examples"):
        yield from (path.read_bytes() for path in (ROOT / folder).rglob("*.yml"))


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], Iterable[bytes]]]] = {
    "docx": (_reads(read_docx), lambda: map(make_docx, _sections("docx", "docx"))),
    "docx-parts": (_reads(_docx_of_parts), _docx_parts),
    "html": (_reads(read_html), lambda: (page.encode() for page in _sections("html", "html"))),
    "mhtml": (_reads(read_web_archive), lambda: (page.encode() for page in _sections("html", "mhtml"))),
    "pdf": (_reads(pdf_reader.read_pdf), lambda: map(make_pdf, _sections("pdf", "pdf"))),
    "markdown": (_reads(read_markdown), lambda: (text.encode() for text in _sections("md", "markdown"))),
    "text": (
        _reads(read_plain_text),
        lambda: (read_case("importing", n)["source"].encode() for n in case_names("importing")),
    ),
    "yaml": (_loads, _records),
}


def main(name: str, seconds: int) -> None:
    """Fuzz one target for so many seconds; libFuzzer ends the process, with 0 where nothing was found."""
    target, seeds = TARGETS[name]
    logging.disable()
    vars(pdf_reader)["print_of"] = _here
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            (Path(folder) / f"{number}").write_bytes(seed)
        options = (
            f"-max_total_time={seconds}",
            f"-timeout={_SECONDS_A_CASE}",
            f"-rss_limit_mb={_MEGABYTES}",
            f"-max_len={_LONGEST}",
            "-print_final_stats=1",
        )
        atheris.Setup([sys.argv[0], *options, folder], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
