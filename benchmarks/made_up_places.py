"""Made-up places, and places of a list of divisions, written as they are first named."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.made_up_reports import Material, Town
from generator.importing.naming import place_slug
from generator.importing.records import record_file
from generator.model import Level, PlaceRecord

TOWNSHIPS, COUNTIES, PREFECTURES = 22, 9, 8  # a county, a prefecture, a province
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TOWNSHIP_NAME = re.compile("[\u4e00-\u9fff]+(街道|镇|乡|苏木)")
NO_CITY = re.compile(r"^(市辖区|县)$|直辖县级行政区划$")


@dataclass(slots=True)
class Gazetteer:
    """Writes places as they are first named, each under an address of its own."""

    root: Path
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def place(self, parent: str, name: str, level: Level, code: str | None = None) -> str:
        """Return the path of a place, written if it is new; two with the same slug under a parent are told apart."""
        key = (parent, code or name)
        if key not in self.paths:
            base = f"{parent}/{place_slug(name)}".lstrip("/")
            tries = itertools.chain([base], (f"{base}-{rank}" for rank in itertools.count(2)))
            self.paths[key] = path = next(each for each in tries if each not in self.taken)
            self.taken.add(path)
            (self.root / path).mkdir(parents=True)
            record = PlaceRecord(name, level, code, note="演示数据")
            (self.root / path / "place.yml").write_bytes(record_file("place", record, path.count("/") + 1))
        return self.paths[key]


def made_up(index: int, material: Material) -> str:
    """Return the index-th made-up name; all differ: those after the pairs have a third character."""
    firsts, seconds = str(material["names"]["first"]), str(material["names"]["second"])
    more, index = divmod(index, len(firsts) * len(seconds))
    first, second = divmod(index * 101 % (len(firsts) * len(seconds)), len(seconds))
    return firsts[first] + (seconds[(more - 1) % len(seconds)] if more else "") + seconds[second]


def invented_towns(root: Path, material: Material) -> Iterator[Town]:
    for county in itertools.count():
        if county % (COUNTIES * PREFECTURES) == 0:
            gazetteer = Gazetteer(root)  # a province at a time: memory does not grow with the country
            top = gazetteer.place("", f"{made_up(county // (COUNTIES * PREFECTURES) * 5, material)}省", "province")
        city = gazetteer.place(top, f"{made_up(county // COUNTIES * 3 + 1, material)}市", "prefecture")
        name = f"{made_up(county * 7 + 3, material)}{'县区县市县'[county % 5]}"
        path = gazetteer.place(city, name, "county")
        for index in range(TOWNSHIPS):
            kind = ("镇", "乡", "镇", "街道")[index % 4]
            town = f"{made_up((county * TOWNSHIPS + index) * 5 + 2, material)}{kind}"
            yield Town(gazetteer.place(path, town, "township"), town, name, path)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def listed_towns(root: Path, streets: Path) -> Iterator[Town]:
    files = {key: streets.with_name(f"{key}.csv") for key in ("provinces", "cities", "areas")}
    above = {key: {row["code"]: row["name"] for row in rows(file)} for key, file in files.items()}
    gazetteer = Gazetteer(root)
    for row in rows(streets):
        if not (TOWNSHIP_NAME.fullmatch(row["name"]) and SLUG.fullmatch(place_slug(row["name"]))):
            continue
        province, city, county = row["provinceCode"], above["cities"][row["cityCode"]], above["areas"][row["areaCode"]]
        path = gazetteer.place("", above["provinces"][province], "province", province)
        if not NO_CITY.search(city):
            path = gazetteer.place(path, city, "prefecture", row["cityCode"])
        path = gazetteer.place(path, county, "county", row["areaCode"])
        yield Town(gazetteer.place(path, row["name"], "township", row["code"]), row["name"], county, path)
