"""Make a complete project of N made-up reports, the same bytes for the same arguments: material for benchmarks.

The sentences come from ``sentences.yml``; a township's report grows out of its report of the year before. Places and
reports are marked 演示数据.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import time
from pathlib import Path
from random import Random

import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from benchmarks.made_up_places import invented_towns, listed_towns  # noqa: E402 - found beside this folder
from benchmarks.made_up_reports import Draft, Material, Town, make_draft, printed  # noqa: E402
from generator.importing.records import record_file  # noqa: E402
from generator.model import Dates, ReportRecord, Source  # noqa: E402

FIRST_YEAR = 2019
MOST_FIGURES = 12


def report_files(town: Town, year: int, draft: Draft, units: dict[str, str], *, sources: bool) -> dict[str, bytes]:
    rng, lines, title = (
        Random(f"{town.path}/{year}/date"),
        printed(draft, year),
        f"{draft.title.text(year)}（演示数据）",
    )
    issuer = f"{town.name}{'办事处' if town.unit == '街道' else '人民政府'}"
    month, day = rng.randint(1, 3), rng.randint(2, 28)
    lines += [issuer, f"{year + 1}年{month}月{day}日"] if draft.signed else []
    said = (each for blocks in draft.blocks.values() for block in blocks for each in block.said)
    stated = {each.indicator: each for every in said for each in every.figures(year, units)}
    files = {f"{year}.md": ("\n\n".join(lines) + "\n").encode()}
    source = Source()
    if sources:
        content = ("\n\n".join([title, *(line.lstrip("#").lstrip() for line in lines)]) + "\n").encode()
        source = Source(file=f"{year}.source.txt", sha256=hashlib.sha256(content).hexdigest())
        files[f"{year}.source.txt"] = content
    dates = Dates(made=f"{year + 1}-{month:02}-{day:02}" if draft.signed else None)
    figures = tuple(stated.values())[:MOST_FIGURES]
    record = ReportRecord(title, (issuer,) if draft.signed else (), dates, source, figures=figures)
    return {**files, f"{year}.yml": record_file("report", record, town.path.count("/") + 1)}


def make_shell(out: Path) -> None:
    """Copy what a project needs besides places from the checkout that this file lies in."""
    (out / "content" / "places").mkdir(parents=True)
    config = CHECKOUT / "mkdocs.yml"
    (out / "mkdocs.yml").write_bytes(config.read_bytes() if config.is_file() else b"site_name: gongkai\n")
    for catalogue in sorted((CHECKOUT / "content").glob("*.yml")):
        shutil.copyfile(catalogue, out / "content" / catalogue.name)
    if (CHECKOUT / "content" / "pages").is_dir():
        shutil.copytree(CHECKOUT / "content" / "pages", out / "content" / "pages")
    (out / "content" / "spec.yml").write_text("spec: 1\n", "utf-8")


def make_reports(arguments: argparse.Namespace, material: Material) -> int:
    """Write the reports and return how many there are."""
    root, done = arguments.out / "content" / "places", 0
    towns = listed_towns(root, arguments.places) if arguments.places else invented_towns(root, material)
    while done < arguments.reports and (town := next(towns, None)):
        draft = make_draft(material, town, Random(town.path))
        for year in range(FIRST_YEAR, FIRST_YEAR + min(arguments.years, arguments.reports - done)):
            if year > FIRST_YEAR:
                draft.evolve(town, Random(f"{town.path}/{year}"))
            for name, content in report_files(town, year, draft, material["units"], sources=arguments.sources).items():
                (root / town.path / name).write_bytes(content)
            done += 1
    return done


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a project of N made-up reports.")
    parser.add_argument("reports", type=int, metavar="N", help="how many reports")
    parser.add_argument("--out", type=Path, default=Path("corpus"), metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--places", type=Path, metavar="CSV", help="columns code,name,areaCode,provinceCode,cityCode")
    parser.add_argument("--years", type=int, default=5, choices=range(1, 31), metavar="YEARS", help="years a township")
    parser.add_argument("--sources", action="store_true", help="write YEAR.source.txt too")
    arguments = parser.parse_args()
    if arguments.reports < 1 or (arguments.out.exists() and any(arguments.out.iterdir())):
        parser.error("N must be positive and DIR new or empty")
    started = time.perf_counter()
    make_shell(arguments.out)
    done = make_reports(arguments, yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text("utf-8")))
    took = time.perf_counter() - started
    print(f"{done} reports in {took:.1f} s ({done / took:.0f} a second)")
    return 0 if done == arguments.reports else 1


if __name__ == "__main__":
    sys.exit(main())
