"""Made-up reports: sentences with slots for numbers, grown from year to year as real ones are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from generator.model import Figure, Qualifier

SHORTEST, LONGEST, NEAR_ENOUGH = 4100, 4700, 100
HAN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
SLOT = re.compile(r"\[([^\]]*)\]|\{([\d.]+)-([\d.]+)(?: ([a-z_.]+))?\}")
CLAUSE_END = re.compile("[，。；：、！？]")
split = functools.cache(SLOT.split)

Material = dict[str, Any]


class Slot(NamedTuple):
    """A number of a sentence: its bounds as written and the indicator that it states."""

    low: str
    high: str
    indicator: str | None

    def draw(self, rng: Random, old: float | None = None) -> float:
        """Draw a number, near the old one where there is one; small numbers are the common ones."""
        if "." in self.low:
            return rng.randint(round(float(self.low) * 10), round(float(self.high) * 10)) / 10
        low, high = int(self.low), int(self.high)
        if old is not None:
            return max(low, min(high, round(old * rng.uniform(0.75, 1.35))))
        return int(low + (high - low) * rng.random() ** 2)


class Town(NamedTuple):
    """A township and what its sentences say of it."""

    path: str
    name: str
    county: str
    county_path: str

    @property
    def unit(self) -> str:
        """The generic part of its name."""
        return next((each for each in ("街道", "苏木") if self.name.endswith(each)), self.name[-1])

    def fill(self, text: str) -> str:
        """Put its names into a text."""
        return text.replace("{town}", self.name).replace("{county}", self.county).replace("{unit}", self.unit)


@dataclass(slots=True)
class Sentence:
    """A sentence with its wordings chosen, ``{}`` for each number; ``line`` is the one that it was made from."""

    line: str
    form: str
    slots: list[Slot]
    numbers: list[float]

    def text(self, year: int, form: str | None = None) -> str:
        """Return the sentence, or the beginning of it, as printed in the report of a year."""
        return (form or self.form).format(*self.numbers, year=year, next=year + 1)

    def figures(self, year: int, units: dict[str, str]) -> Iterator[Figure]:
        """Yield the figures that the sentence states, each with the clause that proves it."""
        pieces = self.form.split("{}")
        for index, (slot, value) in enumerate(zip(self.slots, self.numbers, strict=True)):
            if slot.indicator:
                before = self.text(year, "{}".join(pieces[: index + 1]))
                after = self.text(year)[len(before) + len(str(value)) :]
                quote = CLAUSE_END.split(before)[-1] + str(value) + CLAUSE_END.split(after)[0]
                qualifier: Qualifier = "less_than" if before.endswith("不足") else "exact"
                qualifier = "approx" if after.startswith("余") else qualifier
                yield Figure(slot.indicator, value, units[slot.indicator], quote, qualifier)


@dataclass(slots=True)
class Block:
    """A level-2 section; one that is ``shared`` is the same in all townships of a county that have it."""

    theme: dict[str, list[str]]
    heading: Sentence
    style: str
    said: list[Sentence]
    shared: bool

    def add(self, town: Town, rng: Random) -> int:
        """Add a sentence that is not yet said, where there is one; return its length."""
        said = {each.line for each in self.said}
        if not (unsaid := [line for line in self.theme["say"] if line not in said]):
            return 0
        self.said.insert(place := rng.randint(0, len(self.said)), sentence(rng.choice(unsaid), town, rng))
        return len(self.said[place].form)

    def evolve(self, share: float, town: Town, rng: Random) -> None:
        """Reword, drop or replace about ``share`` of the sentences; give others new numbers or another place."""
        if chance(rng, 0.15):
            self.heading = sentence(rng.choice(self.theme["heads"]), town, rng)
        before, self.said = self.said, []
        for each in before:
            if chance(rng, share / 2):
                continue
            reworded = sentence(each.line, town, rng) if chance(rng, share / 2) else each
            if reworded is each and chance(rng, 0.6):
                each.numbers = [slot.draw(rng, old) for slot, old in zip(each.slots, each.numbers, strict=True)]
            self.said.append(reworded)
        for _ in range(max(len(before) - len(self.said), 2 - len(self.said))):
            self.add(town, rng)
        if chance(rng, 0.12):
            self.said.insert(rng.randrange(len(self.said)), self.said.pop())

    def lines(self, year: int) -> list[str]:
        """Return the paragraphs: 「一是…二是…」 in one, or two, or one under each level-3 heading."""
        texts = [each.text(year) for each in self.said]
        if self.style == "items":
            return [texts[0] + "".join(f"{HAN[i]}是{text}" for i, text in enumerate(texts[1:]))]
        points = self.theme["points"] if self.style == "points" else ["", ""]
        size = -(-len(texts) // len(points))
        found = []
        for index, (point, start) in enumerate(zip(points, range(0, len(texts), size), strict=False)):
            found += [f"#### {index + 1}.{point}"] * bool(point) + ["".join(texts[start : start + size])]
        return found


@dataclass(slots=True)
class Draft:
    """A township's report as it changes from year to year."""

    title: Sentence
    opening: list[Sentence]
    heads: dict[str, Sentence]
    blocks: dict[str, list[Block]]
    signed: bool

    def evolve(self, town: Town, rng: Random) -> None:
        """Turn a year's report into the next year's."""
        share = rng.uniform(0.22, 0.42)
        for blocks in self.blocks.values():
            if chance(rng, 0.3):
                blocks.insert(rng.randrange(len(blocks)), blocks.pop(rng.randrange(len(blocks))))
            for block in blocks:
                if not block.shared:
                    block.evolve(share, town, rng)
        self.balance(town, rng)

    def balance(self, town: Town, rng: Random) -> None:
        """Add or drop sentences until the report has about the length of a real one."""
        goal, blocks = rng.randint(SHORTEST, LONGEST), [each for blocks in self.blocks.values() for each in blocks]
        length = 200 + sum(30 + sum(len(each.form) + 2 for each in block.said) for block in blocks)
        free = [block for block in blocks if not block.shared]
        for _ in range(200 * bool(free)):
            block = rng.choice(free)
            if abs(length - goal) < NEAR_ENOUGH:
                return
            if length < goal:
                length += block.add(town, rng)
            elif block.said[2:]:
                length -= len(block.said.pop(rng.randrange(len(block.said))).form)


def chance(rng: Random, share: float) -> bool:
    return rng.random() < share


def sentence(line: str, town: Town, rng: Random) -> Sentence:
    form, *rest = split(line)
    slots, numbers = [], []
    for words, low, high, indicator, after in zip(*[iter(rest)] * 5, strict=True):
        if words is None:
            slots.append(Slot(low, high, indicator))
            numbers.append(slots[-1].draw(rng))
        form += ("{}" if words is None else rng.choice(words.split("|"))) + after
    return Sentence(line, town.fill(form), slots, numbers)


def make_block(theme: dict[str, list[str]], town: Town, rng: Random) -> Block:
    style = rng.choice(("items", "items", "points", "paragraphs"))
    shared = chance(rng, 0.22)
    if shared:
        style, rng = "items", Random(f"{town.county_path}/{theme['heads'][0]}/{town.unit}")
    lines = [line for line in theme["say"] if not (shared and "{town}" in line)]
    chosen = sorted(rng.sample(range(len(lines)), min(len(lines), rng.randint(3, 5))))
    said = [sentence(lines[index], town, rng) for index in chosen]
    return Block(theme, sentence(rng.choice(theme["heads"]), town, rng), style, said, shared)


def make_draft(material: Material, town: Town, rng: Random) -> Draft:
    order = ["measures", "shortcomings", "leader_duty", "plan"]
    if chance(rng, 0.2):
        order[1:3] = ["leader_duty", "shortcomings"]
    if chance(rng, 0.12):
        order.remove("leader_duty")
    blocks = {}
    for role in order:
        themes, count = material[role]["themes"], material[role]["blocks"] + rng.randint(0, 1)
        chosen = sorted(rng.sample(range(len(themes)), min(len(themes), count)))
        blocks[role] = [make_block(themes[index], town, rng) for index in chosen]
    title, *opening = (sentence(rng.choice(material[key]), town, rng) for key in ("titles", "preambles", "closings"))
    heads = {role: sentence(rng.choice(material[role]["heads"]), town, rng) for role in order}
    draft = Draft(title, opening, heads, blocks, signed=chance(rng, 0.85))
    draft.balance(town, rng)
    return draft


def printed(draft: Draft, year: int) -> list[str]:
    lines = ["".join(each.text(year) for each in draft.opening)]
    for order, (role, blocks) in enumerate(draft.blocks.items()):
        lines.append(f"## {HAN[order]}、{draft.heads[role].text(year)}")
        for index, block in enumerate(blocks):
            lines += [f"### （{HAN[index]}）{block.heading.text(year)}", *block.lines(year)]
    return lines
