"""A book of names: what a file of names says, laid out for matching. Columns, because there may be tens of thousands.

A *unit* is a character of a name that can be typed: a Chinese character, a letter, a digit; signs are none. The units of
all names stand one after another, those of each name followed by an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.search.name_alphabet import Alphabet
from generator.search.name_format import read_slug
from generator.search.pinyin import fold_character

Kind = Literal["place", "topic", "system", "law"]

LEVELS = "pfct"
"""Province, prefecture, county, township: their ranks are 0 to 3; those of other names follow."""
FIRST_OTHER = len(LEVELS)
OTHER_KINDS: tuple[Kind, ...] = ("topic", "system", "law")
PREFIXES: tuple[str, ...] = ("topics/", "topics/systems/", "laws/")
"""What the addresses of other names begin with; the id and a slash follow."""

_COUNTRY = "中华人民共和国"
"""May be left out in front of a law's name."""
_LAW = FIRST_OTHER + OTHER_KINDS.index("law")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a file tells it.

    ``syllables``: one a character, empty for one without a reading. ``stem``: the characters before the generic part.
    ``parent``: the place above, or -1. ``slug`` as ``write_slug`` writes it: of a place only where it differs from the
    rule, the empty string otherwise; of another name its id, or / and its address where that is unusual.
    """

    name: str
    rank: int
    syllables: tuple[str, ...]
    stem: int
    parent: int
    slug: str


@dataclass(frozen=True, slots=True)
class Book:
    """Names, and their units: by name its ``first`` one, the number of its ``stem`` and of those that may be left out.

    By unit the character, the syllable, the position in the name and the name; the places above are in ``above`` or here.
    """

    alphabet: Alphabet
    note: str
    above: Book | None
    named: tuple[Named, ...]
    first: tuple[int, ...]
    stems: tuple[int, ...]
    omissible: tuple[int, ...]
    characters: tuple[str, ...]
    syllables: tuple[str, ...]
    positions: tuple[int, ...]
    owners: tuple[int, ...]
    by_character: Mapping[str, Sequence[int]]
    by_syllable: Mapping[str, Sequence[int]]

    @property
    def shards(self) -> str:
        """The letters of the files of townships, whose places above are in this book."""
        return self.note.rpartition(":")[0]

    @property
    def stamp(self) -> str:
        """What those files must bear, so that they are of the same making."""
        return self.note.rpartition(":")[2]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in its name a stretch of units begins and ends."""
        return self.positions[start], self.positions[end - 1] + 1

    def kind(self, entry: int) -> Kind:
        """Return the kind of a name."""
        rank = self.named[entry].rank
        return "place" if rank < FIRST_OTHER else OTHER_KINDS[rank - FIRST_OTHER]

    def id(self, entry: int) -> str:
        """Return the path of a place, or the id of another entry."""
        named = self.named[entry]
        if named.rank >= FIRST_OTHER:
            return named.slug.strip("/") if named.slug.startswith("/") else read_slug(named.slug, named.syllables)
        slug = read_slug(named.slug, named.syllables) if named.slug else usual_slug(named.syllables, named.stem)
        return slug if named.parent < 0 else f"{(self.above or self).id(named.parent)}/{slug}"

    def address(self, entry: int) -> str:
        """Return the address of an entry, relative to the site."""
        named = self.named[entry]
        if named.rank < FIRST_OTHER:
            return f"places/{self.id(entry)}/"
        return (
            named.slug[1:] if named.slug.startswith("/") else f"{PREFIXES[named.rank - FIRST_OTHER]}{self.id(entry)}/"
        )

    def names_above(self, entry: int) -> str:
        """Return the names of the places above, from the top: 天津市西青区."""
        parent, book = self.named[entry].parent, self.above or self
        return f"{book.names_above(parent)}{book.named[parent].name}" if parent >= 0 else ""


def usual_slug(syllables: Sequence[str], stem: int) -> str:
    """Return the folder that the rule gives a place: the stem's syllables, a hyphen, those of the generic part."""
    return "-".join(filter(None, ("".join(syllables[:stem]), "".join(syllables[stem:]))))


def make_book(
    named: Sequence[Named], alphabet: Alphabet, note: str, above: Book | None, fold: Callable[[str], str]
) -> Book:
    """Lay out names for matching; ``fold`` is done to names before they are compared, and changes no length."""
    first, stems, omissible = [], [], []
    units: list[tuple[str, str, int, int]] = []
    for entry, each in enumerate(named):
        first.append(len(units))
        folded = [fold_character(character) for character in fold(each.name)]
        own = [(folded[at], each.syllables[at], at, entry) for at in range(len(folded)) if folded[at]]
        units += (*own, ("", "", len(folded), entry))
        stems.append(sum(at < each.stem for _, _, at, _ in own))
        is_long = each.rank == _LAW and each.name.startswith(_COUNTRY) and len(own) > len(_COUNTRY)
        omissible.append(len(_COUNTRY) if is_long else 0)
    characters, syllables, positions, owners = zip(*units, strict=True) if units else ((), (), (), ())
    by_character, by_syllable = _places_of(characters), _places_of(syllables)
    first.append(len(units))
    return Book(
        alphabet, note, above, tuple(named), tuple(first), tuple(stems), tuple(omissible),
        characters, syllables, positions, owners, by_character, by_syllable,
    )  # fmt: skip


def _places_of(values: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        if value:
            places.setdefault(value, []).append(place)
    return places
