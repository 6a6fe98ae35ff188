"""Pages read with the standard library's parser into a small tree that tests ask questions of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(slots=True)
class Element:
    """An element: its tag, its attributes (one without a value has the empty string), what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Walk this element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str | None = None, **wanted: str) -> list[Element]:
        """Return the elements of a tag whose attributes have these values; ``_`` in a name stands for ``-``."""
        pairs = {name.strip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            each
            for each in self.walk()
            if tag in (None, each.tag) and all(each.attributes.get(name) == value for name, value in pairs.items())
        ]

    def one(self, tag: str | None = None, **wanted: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **wanted)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} of {tag} {wanted}")
        return found[0]

    def having(self, name: str) -> list[Element]:
        """Return the elements that have an attribute."""
        return [each for each in self.walk() if name in each.attributes]

    @property
    def text(self) -> str:
        """All text in it, white space as it is."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """All text in it, each run of white space one space."""
        return " ".join(self.text.split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise AssertionError(f"an attribute twice on {tag}: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_html(html: str) -> Element:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
