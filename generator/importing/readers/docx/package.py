"""The zip file that a Word document is: its parts found, read within limits, and parsed with nothing fetched or expanded.

The package is described in ECMA-376 part 2 (Open Packaging Conventions), the parts in part 1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from generator.importing.document import ImportRefusedError

MAX_ENTRIES = 10_000
MAX_PART_BYTES = 40_000_000
MAX_TOTAL_BYTES = 80_000_000
MAX_MARKS = 4_000_000
"""Tags and attributes of one part: each takes far more memory than the bytes that spell it."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN_HINT = "在 Word 或 WPS 里打开，另存为 .docx 后再导入；打不开就重新取一份"
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
}
"""The namespaces that are read, transitional and strict (ISO/IEC 29500), by the prefix that is usual for them."""
_OTHERS = (
    ("xl/", "Excel 表格", "把其中的正文复制到 Word 文档里再导入"),
    ("ppt/", "PowerPoint 演示文稿", "把其中的正文复制到 Word 文档里再导入"),
    ("ofd.xml", "OFD 版式文件", "用 OFD 阅读器转成 PDF 或 Word 后再导入"),
    ("documents/1/pages/", "XPS 版式文件", "转成 PDF 或 Word 后再导入"),
    ("meta-inf/manifest.xml", "OpenDocument 文件", "另存为 .docx 后再导入"),
    ("index/document.iwa", "Pages 文稿", "导出为 .docx 后再导入"),
)
_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.text", "OpenDocument 文本（.odt）", "另存为 .docx 后再导入"),
    (b"application/vnd.oasis.opendocument", "OpenDocument 文件", "把其中的正文复制到 Word 文档里再导入"),
    (b"application/epub+zip", "EPUB 电子书", "另存为 .docx 或纯文本（.txt）后再导入"),
)


@dataclass(frozen=True, slots=True)
class Related:
    """A part that another names: what kind of relationship (the last word of its type) and the part's own name."""

    kind: str
    part: str


@dataclass(slots=True)
class Package:
    """An open package: its entries by lower-case name, and how many more bytes may be unpacked."""

    archive: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]
    left: int


def open_package(content: bytes) -> Package:
    """Open the bytes of a Word document. Raise ImportRefusedError for whatever is no readable package of Word."""
    if content.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise ImportRefusedError(f"压缩包里的文件多于 {MAX_ENTRIES:,} 个，不是 Word 文档", "检查是否选错了文件")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except _FAULTS:
        raise ImportRefusedError("文件不完整或已损坏，解不开", _BROKEN_HINT) from None
    package = Package(archive, {_key(info.filename): info for info in infos}, MAX_TOTAL_BYTES)
    _refuse_others(package)
    return package


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text: the one that the package names, else the usual one."""
    named = next((each.part for each in related(package, "") if each.kind == "officeDocument"), None)
    if named is not None and has_part(package, named):
        return named
    if has_part(package, "word/document.xml"):
        return "word/document.xml"
    raise ImportRefusedError("压缩包里没有 Word 正文，文件不完整或不是 Word 文档", _BROKEN_HINT)


def has_part(package: Package, name: str) -> bool:
    """Tell whether the package holds a part of this name; names of parts know no case."""
    return _key(name) in package.entries


def related(package: Package, part: str) -> list[Related]:
    """Return the parts that a part (or "", the package) names, in file order; those outside the package are left out."""
    folder, name = posixpath.split(part)
    own = posixpath.join(folder, "_rels", f"{name}.rels")
    if not has_part(package, own):
        return []
    found: list[Related] = []
    for each in read_part(package, own):
        target = each.get("Target")
        if qualified(each) != "rel:Relationship" or not target or each.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found.append(Related((each.get("Type") or "").rpartition("/")[2], posixpath.normpath(path)))
    return found


def read_part(package: Package, name: str) -> etree._Element:
    """Return the root of a part, as parsed.

    Raise ImportRefusedError for a part that is too large, broken, encrypted, or that declares a document type (no part of
    Word has one; it is where entities would come from).
    """
    content = _unpacked(package, package.entries[_key(name)])
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise ImportRefusedError("文件里有文档类型声明（DOCTYPE），Word 不会这样写，为安全起见没有导入", _BROKEN_HINT)
    if content.count(b"<") + content.count(b"=") > MAX_MARKS:
        raise ImportRefusedError("文件的内容太多，超出了一份报告的规模", "检查是否选错了文件，或拆开后分别导入")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "Excessive depth" in str(error)
        message = "文件里的内容一层套一层，嵌套过深" if deep else "Word 文档的内容已损坏，读不出来"
        raise ImportRefusedError(message, _BROKEN_HINT) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImportRefusedError("文件里有文档类型声明（DOCTYPE），Word 不会这样写，为安全起见没有导入", _BROKEN_HINT)
    _settle_alternatives(root)
    return root


def qualified(element: etree._Element) -> str:
    """Return the name of an element with its usual prefix (``w:p``); the bare name for a namespace that is not read."""
    tag = element.tag
    return _qualified(tag) if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute of the element's own namespace (``w:val`` of a ``w:`` element)."""
    if element is None:
        return None
    namespace = str(element.tag).rpartition("}")[0]
    return element.get(f"{namespace}}}{name}" if namespace else name)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Follow the first child of each name down from an element: ``child(p, "w:pPr", "w:numPr")``."""
    found = element
    for name in names:
        if found is None:
            return None
        found = next((each for each in found if qualified(each) == name), None)
    return found


def _settle_alternatives(root: etree._Element) -> None:
    """Put in the place of each ``mc:AlternateContent`` what the one alternative that is read holds.

    It is the first that holds text, else the first: a text box stands in the file twice, for old programs and new ones.
    """
    for element in reversed([each for each in root.iter("{*}AlternateContent") if each.getparent() is not None]):
        parent = element.getparent()
        branches = [each for each in element if qualified(each) in {"mc:Choice", "mc:Fallback"}]
        with_text = (each for each in branches if next(each.iter("{*}t", "{*}delText"), None) is not None)
        read = next(with_text, branches[0] if branches else None)
        for each in list(read) if read is not None else []:
            element.addprevious(each)
        if parent is not None:
            parent.remove(element)


@lru_cache(maxsize=4096)
def _qualified(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:])
    return f"{prefix}:{name}" if prefix else name


def _key(name: str) -> str:
    return re.sub(r"[/\\]+", "/", name).lstrip("/").lower()


def _refuse_others(package: Package) -> None:
    """Tell by its entries what a package is that is not Word's."""
    names = package.entries
    if any(name.startswith("word/") for name in names):
        return
    if "mimetype" in names:
        kind = _unpacked(package, names["mimetype"])[:100]
        for mimetype, what, hint in _MIMETYPES:
            if kind.startswith(mimetype):
                raise ImportRefusedError(f"这是 {what}，不是 Word 文档", hint)
    for start, what, hint in _OTHERS:
        if any(name.startswith(start) for name in names):
            raise ImportRefusedError(f"这是 {what}，不是 Word 文档", hint)
    if "[content_types].xml" not in names:
        raise ImportRefusedError("这是普通的压缩包，不是 Word 文档", "先解压，再导入其中的文件")


def _unpacked(package: Package, info: zipfile.ZipInfo) -> bytes:
    """Unpack an entry, never further than the limit, whatever size it declares."""
    if info.flag_bits & _ENCRYPTED:
        raise ImportRefusedError("文件加了密码，读不出来", "在 Word 或 WPS 里去掉密码，另存后再导入")
    limit = min(MAX_PART_BYTES, package.left)
    if info.compress_type not in _PACKED:
        raise ImportRefusedError("文件的压缩方式不是 Word 用的", _BROKEN_HINT)
    try:
        with package.archive.open(info) as packed:
            content = packed.read(limit + 1) if info.file_size <= limit else None
    except _FAULTS:
        raise ImportRefusedError("文件不完整或已损坏，解不开", _BROKEN_HINT) from None
    if content is None or len(content) > limit:
        raise ImportRefusedError(
            f"文件解压后超过 {limit // 1_000_000} MB，不像是一份报告", "检查是否选错了文件，或删去其中的图片"
        )
    package.left -= len(content)
    return content
