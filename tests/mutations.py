"""A known script of edits makes next year's report of a real one: what was done to each clause is on record.

Clause boundaries come from the program's own splitter; what a comparison ought to find comes from the script alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from generator.content.items import split_clauses
from generator.content.markdown import escape
from tests.comparing import made_up_report
from tests.mutation_words import HEADINGS, PHRASES, SENTENCES, SYNONYMS

if TYPE_CHECKING:
    from generator.model import Report

EDITS = (
    "number", "insert", "delete", "reword", "move", "move+reword", "split", "merge", "rename heading", "rename section",
    "reorder sections", "noise", "untouched",
)  # fmt: skip
_SHARES = {
    "move": 0.025, "move+reword": 0.02, "merge": 0.03, "split": 0.03, "delete": 0.05, "insert": 0.06, "number": 0.06,
    "reword": 0.10, "noise": 0.08,
}  # fmt: skip
"""So many of a report's clauses are edited, in this order: first what wants its neighbours left alone."""

HAN = "一二三四五六七八九十"
ATOMS = re.compile(
    r"《[^《》]{1,60}》"
    r"|“[^“”。！？；]{1,20}”"
    r"|[\d０-９]{4}\s*年"
    r"|[\d０-９]{1,2}\s*月\s*[\d０-９]{1,2}\s*日"
    r"|[\d０-９]+(?:[.．][\d０-９]+)?(?:\s*[%％])?"
)
"""What no edit may cut: titles, short quoted names, years, dates, numbers, percentages."""
_LABEL = re.compile(rf"[{HAN}]{{1,3}}[是要]|(?:首先|其次|再次|最后)[，,]|[（(](?:[{HAN}]{{1,3}}|\d{{1,2}})[)）]")
_SHIFTING = re.compile(rf"([{HAN}])是")
_WORD = re.compile(r"\w")
_OWN_YEAR = re.compile(r"(?<![\d\-－—–~至])20\d\d(?=\s*年|法治|工作|以来)")
"""Years by their number, behind which 年 may be missing: 「2023法治政府建设工作及2024工作思路」「自2022以来」."""
_COUNT = re.compile(r"(?<![\d.\-－—–+])(\d+(?:\.\d+)?)(?=余?万?(?:[件次人份条个名场起篇元批幅]|学时|％|%))")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r"“([^“”。！？；]{1,20})”")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

MOVED_LEAST, HALF_LEAST, SPLIT_LEAST = 12, 10, 30
MOST_REPLACED = 0.4
"""No more of a clause is replaced or inserted: of a short one nothing would be left to know it by."""


class Place(NamedTuple):
    """Where a clause stands: its section, its passage (empty for a heading), its text."""

    section: str
    passage: str
    text: str


@dataclass(eq=False, slots=True)
class Piece:
    """Clauses of the old report and what became of them. ``kinds`` are the right ones, ``noise`` likewise (None: either)."""

    old: tuple[Place, ...]
    new: tuple[str, ...]
    edit: str = "untouched"
    kinds: frozenset[str] = frozenset({"kept"})
    noise: bool | None = None
    held: bool = False
    places: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        (text,) = self.new
        return text


Paragraph = list[Piece]


@dataclass(eq=False, slots=True)
class Draft:
    """A section of the new report while it is written."""

    level: int
    number: str
    role: str
    heading: Piece | None
    paragraphs: list[Paragraph]

    def flat(self) -> list[Piece]:
        return [piece for paragraph in self.paragraphs for piece in paragraph]


@dataclass(slots=True)
class Mutation:
    """Both reports, and every clause of both in exactly one piece."""

    old: Report
    new: Report
    pieces: list[Piece]


def mutate(place: str, year: int, text: str, seed: int) -> Mutation:
    """Write next year's report by the script; the same seed writes the same."""
    old = made_up_report(text, year)
    script = _Script(old, Random(f"{place} {seed}"))  # noqa: S311 - chance that repeats itself
    script.run()
    new = made_up_report(script.render(), year + 1)
    return Mutation(old, new, script.placed(new))


def moved_on(text: str, year: int) -> str:
    """Return a text of the report of ``year`` as the next report has it: the year, the one before and after, are moved on."""

    def later(match: re.Match[str]) -> str:
        named = int(match.group())
        return str(named + 1) if abs(named - year) <= 1 else match.group()

    return _OWN_YEAR.sub(later, text)


def core(text: str) -> str:
    """Return the letters and digits of a clause, its label left out."""
    label = _LABEL.match(text)
    return "".join(_WORD.findall(text[label.end() if label else 0 :]))


@dataclass(slots=True)
class _Script:
    old: Report
    rng: Random
    drafts: list[Draft] = field(default_factory=list)
    gone: list[Piece] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)

    def run(self) -> None:
        self._read()
        self.unused = self.rng.sample(SENTENCES, len(SENTENCES))
        cores = [core(piece.text) for draft in self.drafts for piece in draft.flat()]
        self.repeated = {each for each in cores if cores.count(each) > 1}
        count = len(cores)
        if self.rng.random() < 0.5:
            self._rename()
        if self.rng.random() < 0.5:
            self._reorder()
        steps: dict[str, Callable[[], bool]] = {
            "move": lambda: self._move("move"),
            "move+reword": lambda: self._move("move+reword"),
            "merge": self._merge,
            "split": self._split,
            "delete": self._delete,
            "insert": self._insert,
            "number": lambda: self._change("number", "reworded", self._renumbered),
            "reword": lambda: self._change("reword", "reworded", self._reworded),
            "noise": self._noise,
        }
        for edit, share in _SHARES.items():
            for _ in range(max(1, round(share * count))):
                if not steps[edit]():
                    break

    def render(self) -> str:
        blocks: list[str] = []
        for draft in self.drafts:
            if draft.heading:
                blocks.append(f"{'#' * (draft.level + 1)} {draft.heading.text}")
            blocks += [
                escape("".join(text for piece in each for text in piece.new)) for each in draft.paragraphs if each
            ]
        return "\n\n".join(blocks) + "\n"

    def placed(self, new: Report) -> list[Piece]:
        """Return all pieces, the clauses of the new report with their places there."""
        pieces: list[Piece] = list(self.gone)
        sections = [section for section in new.sections if section.level or section.passages]
        for draft, section in zip(self.drafts, sections, strict=True):
            if draft.heading:
                draft.heading.places = (Place(section.id, "", draft.heading.text),)
                pieces.append(draft.heading)
            filled = [paragraph for paragraph in draft.paragraphs if paragraph]
            for paragraph, passage in zip(filled, section.passages, strict=True):
                for piece in paragraph:
                    piece.places = tuple(Place(section.id, passage.id, text) for text in piece.new)
                    pieces.append(piece)
        return pieces

    def _read(self) -> None:
        year = self.old.year
        for section in self.old.sections:
            heading = None
            if section.level:
                printed = section.number + section.heading
                heading = Piece((Place(section.id, "", printed),), (moved_on(printed, year),))
            paragraphs = [
                [
                    Piece((Place(section.id, passage.id, text),), (moved_on(text, year),))
                    for text in split_clauses(passage.text)
                ]
                for passage in section.passages
            ]
            self.drafts.append(Draft(section.level, section.number, section.role, heading, paragraphs))

    # What is done to whole sections

    def _rename(self) -> None:
        known = [each for each in self.drafts if each.level == 1 and each.role in HEADINGS]
        draft = self.rng.choice(known)
        heading = draft.heading
        assert heading
        words = heading.text.removeprefix(draft.number)
        heading.new = (draft.number + self.rng.choice([each for each in HEADINGS[draft.role] if each != words]),)
        # A reader may call such a heading reworded, or one removed and another added: the clauses are what counts.
        heading.edit, heading.kinds = "rename heading", frozenset({"reworded", "removed", "added"})
        self._mark(self._below(draft), "rename section")

    def _reorder(self) -> None:
        pairs = [
            (first, second)
            for level in (1, 2)
            for first, second in self._neighbouring(level)
            if "rename heading" not in {piece.edit for each in (first, second) for piece in self._below_pieces(each)}
        ]
        if not pairs:
            return
        first, second = self.rng.choice(pairs)
        mine, others = self._below(first), self._below(second)
        start = self.drafts.index(first)
        self.drafts[start : start + len(mine) + len(others)] = [*others, *mine]
        assert first.heading
        assert second.heading
        for draft, number in ((first, second.number), (second, first.number)):
            heading = draft.heading
            assert heading
            heading.new = (number + heading.text.removeprefix(draft.number),)
        first.number, second.number = second.number, first.number
        self._mark([*mine, *others], "reorder sections")

    def _neighbouring(self, level: int) -> Iterator[tuple[Draft, Draft]]:
        last: Draft | None = None
        for draft in self.drafts:
            if draft.level == level:
                if last:
                    yield last, draft
                last = draft
            elif draft.level < level:
                last = None

    def _below(self, draft: Draft) -> list[Draft]:
        start = self.drafts.index(draft)
        end = start + 1
        while end < len(self.drafts) and self.drafts[end].level > draft.level:
            end += 1
        return self.drafts[start:end]

    def _below_pieces(self, draft: Draft) -> list[Piece]:
        return [piece for each in self._below(draft) for piece in (each.heading, *each.flat()) if piece]

    def _mark(self, drafts: Sequence[Draft], edit: str) -> None:
        """Count the clauses of sections, which stay kept, for what was done to the sections; they may be edited yet."""
        for draft in drafts:
            for piece in (draft.heading, *draft.flat()):
                if piece and piece.edit == "untouched":
                    piece.edit = edit

    # What is done to clauses

    def _move(self, edit: str) -> bool:
        for draft, paragraph, index in self._free(alone=True):
            piece = paragraph[index]
            text = piece.text
            if len(core(text)) < MOVED_LEAST or text[-1] != "。" or len(paragraph) < 2:
                continue
            if edit == "move+reword":
                reworded = self._reworded(text)
                if not reworded:
                    continue
                text = reworded
            moved = Piece(piece.old, (text,), edit, frozenset({"moved"}))
            rest = [*paragraph[:index], *paragraph[index + 1 :]]
            targets = [(each, own) for each in self.drafts for own in each.paragraphs if own and each is not draft]
            self.rng.shuffle(targets)
            for target, own in targets:
                behind = self._beside(target, own[-1])
                if not (_is_free(own[-1]) and own[-1].text[-1] == "。" and all(_is_alone(each) for each in behind)):
                    continue
                if _splits(rest) and _splits([*own, moved]):
                    for each in (*self._beside(draft, piece), own[-1], *self._beside(target, own[-1])):
                        each.held = True
                    paragraph[:] = rest
                    own.append(moved)
                    return True
        return False

    def _split(self) -> bool:
        for draft, paragraph, index in self._free(alone=True):
            piece = paragraph[index]
            text = piece.text
            if len(text) < SPLIT_LEAST or text[-1] != "。":
                continue
            for comma in sorted(_outside_atoms(text, "，"), key=lambda place: abs(place - len(text) // 2)):
                halves = (text[:comma] + "。", text[comma + 1 :])
                if min(len(core(half)) for half in halves) < HALF_LEAST:
                    continue
                if self._put(draft, paragraph, index, 1, Piece(piece.old, halves, "split", frozenset({"split"}))):
                    return True
        return False

    def _merge(self) -> bool:
        for draft, paragraph, index in self._free(alone=True):
            pair = paragraph[index : index + 2]
            if len(pair) < 2 or not all(_is_alone(each) for each in self._beside(draft, pair[1])):
                continue
            first, second = pair
            if first.text[-1] != "。" or min(len(core(each.text)) for each in pair) < MOVED_LEAST:
                continue
            if not _is_free(second) or core(second.text) in self.repeated:
                continue
            merged = Piece(
                (*first.old, *second.old), (first.text[:-1] + "，" + second.text,), "merge", frozenset({"merged"})
            )
            if self._put(draft, paragraph, index, 2, merged):
                return True
        return False

    def _delete(self) -> bool:
        for _, paragraph, index in self._free():
            piece = paragraph[index]
            rest = [*paragraph[:index], *paragraph[index + 1 :]]
            if rest and piece.text[-1] in "。；" and _splits(rest):
                paragraph[:] = rest
                self.gone.append(Piece(piece.old, (), "delete", frozenset({"removed"})))
                return True
        return False

    def _insert(self) -> bool:
        for draft, paragraph, index in self._free():
            before = paragraph[index]
            if not self.unused or before.text[-1] != "。" or any(each.held for each in self._behind(draft, before)):
                continue
            added = Piece((), (self.unused[-1],), "insert", frozenset({"added"}))
            changed = [*paragraph[: index + 1], added, *paragraph[index + 1 :]]
            if _splits(changed):
                self.unused.pop()
                paragraph[:] = changed
                return True
        return False

    def _change(self, edit: str, kind: str, rewrite: Callable[[str], str | None], *, noise: bool | None = None) -> bool:
        for _, paragraph, index in self._free():
            piece = paragraph[index]
            text = rewrite(piece.text)
            if text is None or text == piece.text:
                continue
            changed = Piece(piece.old, (text,), edit, frozenset({kind}), noise)
            if _splits([*paragraph[:index], changed, *paragraph[index + 1 :]]):
                paragraph[index] = changed
                return True
        return False

    def _noise(self) -> bool:
        ways = [self._wide, self._quoted_otherwise, self._spaced, self._own_year_in_words, self._shifted]
        return self._change("noise", "kept", self.rng.choice(ways), noise=True)

    def _put(self, draft: Draft, paragraph: Paragraph, index: int, count: int, piece: Piece) -> bool:
        changed = [*paragraph[:index], piece, *paragraph[index + count :]]
        if not _splits(changed):
            return False
        paragraph[:] = changed
        for each in self._beside(draft, piece):
            each.held = True
        return True

    def _free(self, *, alone: bool = False) -> Iterator[tuple[Draft, Paragraph, int]]:
        """Walk the clauses that nothing was done to, in any order; ``alone``: nor to their neighbours."""
        places = [
            (draft, paragraph, index)
            for draft in self.drafts
            for paragraph in draft.paragraphs
            for index, piece in enumerate(paragraph)
            if _is_free(piece) and core(piece.text) not in self.repeated
        ]
        self.rng.shuffle(places)
        for draft, paragraph, index in places:
            if not alone or all(_is_alone(each) for each in self._beside(draft, paragraph[index])):
                yield draft, paragraph, index

    def _beside(self, draft: Draft, piece: Piece) -> list[Piece]:
        flat = draft.flat()
        place = flat.index(piece)
        return [*flat[max(0, place - 1) : place], *self._behind(draft, piece)]

    def _behind(self, draft: Draft, piece: Piece) -> list[Piece]:
        flat = draft.flat()
        place = flat.index(piece)
        return flat[place + 1 : place + 2]

    # What words become; None where there is nothing to change

    def _renumbered(self, text: str) -> str | None:
        spans = _outside_titles(text, _COUNT)
        if not spans:
            return None
        start, end = self.rng.choice(spans)
        printed = text[start:end]
        digits = len(printed.partition(".")[2])
        most = 100.0 if text[end] in "%％" else 1e9
        for _ in range(50):
            value = f"{min(most, float(printed) * self.rng.uniform(0.5, 1.9)):.{digits}f}"
            if float(value) not in {0.0, float(printed)}:
                return text[:start] + value + text[end:]
        return text[:start] + str(int(float(printed)) + 1) + text[end:]

    def _reworded(self, text: str) -> str | None:
        most = MOST_REPLACED * len(core(text))
        if self.rng.random() < 0.3 and (commas := _outside_atoms(text, "，")):
            place = self.rng.choice(commas) + 1
            fitting = [each for each in PHRASES if len(each) <= most and each not in text]
            return text[:place] + self.rng.choice(fitting) + text[place:] if fitting else None
        found = sorted({(place, word) for word in SYNONYMS for place in _outside_atoms(text, word)})
        self.rng.shuffle(found)
        chosen: list[tuple[int, str]] = []
        for place, word in found:
            apart = all(place + len(word) <= other or other + len(each) <= place for other, each in chosen)
            if apart and sum(len(each) for _, each in (*chosen, (place, word))) <= most:
                chosen.append((place, word))
        for place, word in sorted(chosen[: self.rng.choice((1, 1, 2))], reverse=True):
            text = text[:place] + SYNONYMS[word] + text[place + len(word) :]
        return text if chosen else None

    def _wide(self, text: str) -> str | None:
        return text.translate(_FULL_WIDTH)

    def _quoted_otherwise(self, text: str) -> str | None:
        return _QUOTED.sub(self.rng.choice((r"\1", r"「\1」", r'"\1"', r"‘\1’")), text)

    def _spaced(self, text: str) -> str | None:
        return _DIGITS.sub(r" \g<0> ", text).strip()

    def _own_year_in_words(self, text: str) -> str | None:
        named = f"{self.old.year + 1}年"
        for place in reversed(_outside_atoms(text, named)):
            text = text[:place] + "今年" + text[place + len(named) :].removeprefix("度")
        return text

    def _shifted(self, text: str) -> str | None:
        return _SHIFTING.sub(lambda match: HAN[(HAN.index(match.group(1)) + 1) % 9] + "是", text, count=1)


_KEPT = {"untouched", "rename section", "reorder sections"}


def _is_free(piece: Piece) -> bool:
    return piece.edit in _KEPT and not piece.held


def _is_alone(piece: Piece) -> bool:
    return piece.edit in _KEPT


def _splits(paragraph: Paragraph) -> bool:
    """Tell whether the program takes a paragraph apart where the script means its clauses to end."""
    texts = [text for piece in paragraph for text in piece.new]
    return list(split_clauses("".join(texts))) == texts


def _outside_titles(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    atoms = [match.span() for match in ATOMS.finditer(text) if match.group()[0] in "《“"]
    return [
        match.span()
        for match in pattern.finditer(text)
        if not any(match.start() < end and start < match.end() for start, end in atoms)
    ]


def _outside_atoms(text: str, word: str) -> list[int]:
    """Return where a word stands in a clause, atoms and the label aside."""
    label = _LABEL.match(text)
    least = label.end() if label else 0
    return [start for start, _ in _outside_titles(text, re.compile(re.escape(word))) if start >= least]
