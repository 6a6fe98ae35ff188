"""Measure reuse detection on made-up reports: from nothing, and one edit; beside datasketch where it is installed.

Made-up reports say the same few hundred sentences over and over, which is the hardest case for counting and ranking;
``--varied`` has another word put for every third in a share of the sentences, so that nobody else has them, which is the
hardest case for finding what is near. Each measurement has a process of its own. Trust the ratios more than the times.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec
import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from benchmarks.made_up_places import invented_towns  # noqa: E402 - found beside this folder
from benchmarks.made_up_reports import make_draft, printed  # noqa: E402
from generator.content.parse import parse_report  # noqa: E402
from generator.linking.reuse import Prints, report_prints  # noqa: E402
from generator.model import Report, ReportRecord  # noqa: E402
from generator.publishing.reusing import REUSE_SCHEMA, digests, update  # noqa: E402

YEARS = range(2019, 2024)
HAN = re.compile("[\u4e00-\u9fff]{2}")
COMMON = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
PRINTS, TEXTS, CACHE = "prints.msgpack", "texts", "cache.sqlite"
CACHE_KIB = 8_192
"""What the build's cache has."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure reuse detection on N made-up passages.")
    parser.add_argument("passages", type=int, nargs="?", default=100_000, metavar="N")
    parser.add_argument("--varied", type=float, default=0.0, metavar="SHARE", help="so many sentences nobody else has")
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        CHILDREN[arguments.child](arguments.folder)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make_prints(Path(folder), arguments.passages, arguments.varied)
        names = [name for name in CHILDREN if name != "datasketch" or importlib.util.find_spec("datasketch")]
        seconds = {name: float(run(name, folder)) for name in names}
        print(f"one edit / from nothing: {seconds['edit'] / seconds['fresh']:.4f}")
        if "datasketch" in seconds:
            print(f"datasketch / numpy, near wordings alone: {seconds['datasketch'] / seconds['near']:.1f}")
    return 0


def run(child: str, folder: str) -> str:
    """Run a measurement in a process of its own, and return the last word that it prints."""
    command = [sys.executable, __file__, "--child", child, "--folder", folder]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    print("\n".join(told[:-1]))
    return told[-1]


def make_prints(folder: Path, passages: int, varied: float) -> None:
    """Write the prints of made-up reports with so many passages, and the text of the one that will be edited."""
    found = reports = 0
    seconds = 0.0
    with (folder / PRINTS).open("wb") as file:
        for place, year, text in texts(folder, varied):
            if found >= passages:
                break
            report = parse_report(place, year, text, ReportRecord())
            started = time.perf_counter()
            encoded = msgspec.msgpack.encode((report.id, msgspec.msgpack.encode(report_prints(report))))
            seconds += time.perf_counter() - started
            file.write(len(encoded).to_bytes(4, "big") + encoded)
            found, reports = found + len(report.passages), reports + 1
            if reports == 1:
                (folder / TEXTS).write_bytes(msgspec.msgpack.encode((place, year, text)))
    print(f"{reports} reports, {found} passages; prints: {1000 * seconds / reports:.2f} ms a report, in workers")


def texts(folder: Path, varied: float) -> Iterator[tuple[str, int, str]]:
    material = yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text("utf-8"))
    for town in invented_towns(folder / "places", material):
        draft = make_draft(material, town, Random(town.path))
        for year in YEARS:
            if year > YEARS[0]:
                draft.evolve(town, Random(f"{town.path}/{year}"))
            yield town.path, year, vary("\n\n".join(printed(draft, year)), varied, Random(f"{town.path}/{year}/vary"))


def vary(text: str, share: float, rng: Random) -> str:
    """Put other words for every third in a share of the sentences."""

    def other(match: re.Match[str]) -> str:
        return "".join(rng.choices(COMMON, k=2)) if rng.random() < 1 / 3 else match[0]

    sentences = re.split("(?<=。)", text)
    return "".join(HAN.sub(other, each) if rng.random() < share else each for each in sentences) if share else text


def encoded_prints(folder: Path) -> Iterator[tuple[str, bytes]]:
    with (folder / PRINTS).open("rb") as file:
        while size := file.read(4):
            yield msgspec.msgpack.decode(file.read(int.from_bytes(size, "big")), type=tuple[str, bytes])


def open_cache(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder / CACHE, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"cache_size = -{CACHE_KIB}"):
        db.execute(f"PRAGMA {pragma}")
    return db


def fresh(folder: Path) -> None:
    db = open_cache(folder)
    db.executescript(REUSE_SCHEMA)
    seconds = timed(lambda: update(db, encoded_prints(folder), ()))
    (uses,), (wordings,), (links,) = (
        db.execute(f"SELECT count(*) FROM reuse_{table}").fetchone()  # noqa: S608 - tables of ours
        for table in ("uses", "wordings", "near")
    )
    size = (folder / CACHE).stat().st_size / 1e6
    print(f"{uses} sentences, {wordings} wordings, {links // 2} pairs of them near; tables: {size:.0f} MB")
    print(f"from nothing: {seconds:.2f} s, peak {peak():.0f} MB\n{seconds}")


def edit(folder: Path) -> None:
    """Measure edits of one report, each in place of the one before; the first loads numpy too."""
    db = open_cache(folder)
    place, year, text = msgspec.msgpack.decode((folder / TEXTS).read_bytes(), type=tuple[str, int, str])
    longest = max(text.splitlines(), key=len)
    first = longest.index("，")
    edits = {
        "a sentence added": f"{text}\n\n本段是为测量而写的一句话，别处没有同样的说法。",
        "a word put into a paragraph": text.replace(longest, f"{longest[:first]}切实{longest[first:]}"),
        "a paragraph gone": text.replace(longest, ""),
        "all as it was": text,
    }
    slowest = 0.0
    for name, edited in edits.items():
        report = parse_report(place, year, edited, ReportRecord())
        before = dict(digests(db))
        seconds = timed(lambda report=report: update_one(db, report))  # type: ignore[misc]  # bound at once
        changed = sum(before[report_id] != digest for report_id, digest in digests(db))
        print(f"one edit, {name}: {seconds:.3f} s, {changed} reports share otherwise, peak {peak():.0f} MB")
        slowest = max(slowest, seconds)
    print(slowest)


def update_one(db: sqlite3.Connection, report: Report) -> None:
    update(db, [(report.id, msgspec.msgpack.encode(report_prints(report)))], ())


def wordings_of(folder: Path) -> dict[int, str]:
    decoder = msgspec.msgpack.Decoder(Prints)
    return dict(row for _, each in encoded_prints(folder) for row in decoder.decode(each).wordings)


def near(folder: Path) -> None:
    """Find near wordings alone, in memory: what datasketch does too."""
    from generator.publishing.reuse_near import relink_all  # noqa: PLC0415 - loads numpy

    wordings = wordings_of(folder)
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(REUSE_SCHEMA)
    db.executemany("INSERT INTO reuse_wordings VALUES (?, ?)", wordings.items())
    seconds = timed(lambda: relink_all(db, wordings, ()))
    print(f"near wordings alone, numpy: {seconds:.2f} s for {len(wordings)}, verified\n{seconds}")


def datasketch(folder: Path) -> None:
    """Do the same with datasketch: as many rows and bands, and no verification."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - may be absent

    from generator.linking.minhash import BANDS, ROWS  # noqa: PLC0415 - loads numpy

    wordings = wordings_of(folder)

    def find() -> None:
        lsh = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
        for key, text in wordings.items():
            sketch = MinHash(num_perm=BANDS * ROWS)
            sketch.update_batch({text[place : place + 3].encode() for place in range(len(text) - 2)})
            lsh.query(sketch)
            lsh.insert(key, sketch)

    seconds = timed(find)
    print(f"near wordings alone, datasketch: {seconds:.2f} s for {len(wordings)}, not verified\n{seconds}")


CHILDREN: dict[str, Callable[[Path], None]] = {"fresh": fresh, "edit": edit, "near": near, "datasketch": datasketch}


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak() -> float:
    """Return the most memory that this process has had, in MB (proc(5), Linux)."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
