"""What the page of a township hands to its template: its figures, what was promised, which problems come again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import changes_address, report_address
from generator.comparing.comparison import Clause
from generator.comparing.following import Answer, Commitment, Following, Recurrence, commitments_of, confirmed_answers
from generator.comparing.formats import told_counts
from generator.content.parse import passage_anchor
from generator.content.quotes import quote_places
from generator.linking.listings import Statement, statements
from generator.pages import inputs as kinds
from generator.pages.frame import Frame
from generator.pages.linked_views import View
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the report of a year, with their address; of an answer, why it is one."""

    year: int
    text: str
    address: str
    terms: tuple[str, ...] = ()
    confirmed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment in the ledger: its words, what later reports say, whether the next year's plan has it again.

    ``anchor`` is its address within the page: it stays when others are put in.
    """

    anchor: str
    said: Said
    answers: tuple[Said, ...]
    again: Said | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The commitments of one year; ``followed`` is the year of the report that they were looked for in, if there is one."""

    year: int
    address: str
    followed: int | None
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """How the report of a year compares with the one before, in a line."""

    address: str
    told: str


def township_view(page: kinds.TownshipPage, reader: Reader) -> View:
    """Show a township."""
    values = {
        "figures": figures_over_time(page, reader),
        "changes": dict(_changes(page, reader)),
        "plans": list(_plans(page, reader)),
        "problems": problems_over_time(_followings(page, reader)),
    }
    return Frame.of_place(page, page.place), "township.html", values


def figures_over_time(
    page: kinds.TownshipPage, reader: Reader
) -> list[tuple[Statement, dict[int, list[tuple[str, Statement]]]]]:
    """Return the figures of a township: (an example of the indicator, its statements by year with their addresses)."""
    found: dict[str, dict[int, list[tuple[str, Statement]]]] = {}
    for report_id, _ in page.figures:
        year = int(report_id.rpartition("/")[2])
        for said in statements(reader.read_report(report_id), reader.read_links(report_id)):
            address = report_address(report_id) + (f"#{said.anchor}" if said.anchor else "")
            found.setdefault(said.indicator, {}).setdefault(year, []).append((address, said))
    return [(next(iter(years.values()))[0][1], years) for years in found.values()]


def problems_over_time(followings: Mapping[tuple[str, str], Following]) -> list[list[Said]]:
    """Return the problems that came again, each with its words of every year, the longest first.

    ``followings`` are by the ids of both reports, the earlier first; a problem goes on from pair to pair.
    """
    chains: list[list[tuple[str, Recurrence]]] = []
    open_chains: dict[tuple[str, Clause], list[tuple[str, Recurrence]]] = {}
    firsts: dict[int, str] = {}
    for (old, new), following in followings.items():
        for each in following.recurrences:
            chain = open_chains.pop((old, each.old), None)
            if chain is None:
                chain = []
                chains.append(chain)
                firsts[id(chain)] = old
            chain.append((new, each))
            open_chains[new, each.new] = chain
    ranked = sorted(chains, key=lambda chain: -len(chain))
    return [
        [_said(firsts[id(chain)], chain[0][1].old), *(_said(new, each.new, each.terms) for new, each in chain)]
        for chain in ranked
    ]


def _changes(page: kinds.TownshipPage, reader: Reader) -> Iterator[tuple[str, Changes]]:
    for report_id, _ in page.compared:
        if brief := reader.read_brief(report_id):
            told = (
                f"没有比较：{brief.reason}" if brief.reason else f"{told_counts(brief.counts)}；照录 {brief.copied:.0%}"
            )
            yield report_id, Changes(changes_address(report_id), f"与{brief.years[0]}年相比：{told}")


def _followings(page: kinds.TownshipPage, reader: Reader) -> dict[tuple[str, str], Following]:
    """Return what each compared report says of the one before, by both ids, the earliest first."""
    found: dict[tuple[str, str], Following] = {}
    for report_id, _ in page.compared:
        brief, following = reader.read_brief(report_id), reader.read_following(report_id)
        if brief and following:
            found[brief.old, report_id] = following
    return found


def _plans(page: kinds.TownshipPage, reader: Reader) -> Iterator[Plan]:
    """Walk the plans of all reports, the newest first, with what came of each commitment."""
    followed = {old: (new, following) for (old, new), following in _followings(page, reader).items()}
    own = [summary.id for summary in page.reports]
    earlier = [old for old in followed if old not in own]
    for report_id in (*own, *earlier):
        report = reader.read_report(report_id)
        if report_id in followed:
            new, following = followed[report_id]
            commitments = following.commitments
        else:
            new, commitments = (
                None,
                tuple(
                    Commitment(each, tuple(confirmed_answers(report, each)), None) for each in commitments_of(report)
                ),
            )
        if commitments:
            anchors = _anchors(report.year, commitments)
            promises = tuple(
                _promise(anchor, report_id, new, each, own, reader)
                for anchor, each in zip(anchors, commitments, strict=True)
            )
            yield Plan(
                report.year, f"{report_address(report_id)}", int(new.rpartition("/")[2]) if new else None, promises
            )


def _anchors(year: int, commitments: Sequence[Commitment]) -> Iterator[str]:
    """Walk the anchors of commitments: the year and 8 hex digits of the words; the same words again are numbered."""
    seen: Counter[str] = Counter()
    for each in commitments:
        anchor = f"k-{year}-{passage_anchor(each.clause.text).removeprefix('p-')}"
        seen[anchor] += 1
        yield anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"


def _promise(  # noqa: PLR0913, PLR0917 - whose, of which reports, read how
    anchor: str, report_id: str, new: str | None, commitment: Commitment, own: list[str], reader: Reader
) -> Promise:
    answers = tuple(_answer(report_id, each, new, own, reader) for each in commitment.answers)
    again = _said(new, commitment.again) if new and commitment.again else None
    return Promise(anchor, _said(report_id, commitment.clause), answers, again)


def _answer(report_id: str, answer: Answer, new: str | None, own: list[str], reader: Reader) -> Said:
    """Return an answer with its address: that of the passage in which a confirmed quote stands, where it is found."""
    if not answer.confirmed and new:
        return _said(new, answer.clause, answer.terms)
    answering = next(
        (each for each in own if each.endswith(f"/{answer.year}")), f"{report_id.rpartition('/')[0]}/{answer.year}"
    )
    address = report_address(answering)
    if answering in own:
        for passage in reader.read_report(answering).passages:
            if next(quote_places(passage.text, answer.clause.text), None) is not None:
                address += f"#{passage.id}"
                break
    return Said(answer.year, answer.clause.text, address, confirmed=True, note=answer.note)


def _said(report_id: str, clause: Clause, terms: tuple[str, ...] = ()) -> Said:
    anchor = f"#{clause.passage}" if clause.passage else ""
    return Said(int(report_id.rpartition("/")[2]), clause.text, f"{report_address(report_id)}{anchor}", terms)
