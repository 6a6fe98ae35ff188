"""What an editor should look at before an import is kept: another place or year, a copy, private words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checking.filed_copies import copies_of_new, filed_with_source, told_copy
from generator.checking.filed_places import place_in_text
from generator.checking.privacy_rules import privacy
from generator.checking.record_rules import year_matches_path
from generator.checking.text_year import year_in_text
from generator.content.load import Filing
from generator.content.parse import parse_report
from generator.content.tree import ReportFiles, Tree
from generator.content.yaml_reading import read_yaml
from generator.importing.filing import ImportPlan
from generator.model import DenyList, Place


def import_doubts(denied: DenyList, tree: Tree, places: Mapping[str, Place], plan: ImportPlan) -> Iterator[str]:
    """Walk in Chinese what is doubtful about an import that is planned; ``check`` tells the same of what is filed."""
    filing = _planned(plan)
    known = {**places, **{path: Place(path, record) for path, record in plan.new_places.items()}}
    for rule in (year_matches_path, year_in_text):
        yield from (problem.message for problem in rule(filing))
    yield from (problem.message for problem in place_in_text(filing, known))
    source = plan.files[f"{plan.place}/{plan.record.source.file}"]
    if same := filed_with_source(tree, plan.place, plan.year, source):
        yield f"来源文件与 {same[0]} 的是同一个"
    for copy in copies_of_new(tree, plan.place, plan.year, filing.text):
        yield told_copy(copy, filing.report.id, known)
    private = sorted({problem.message for problem in privacy(filing, denied)})
    yield from (f"{message}，公布前要隐去或核对" for message in private)


def _planned(plan: ImportPlan) -> Filing:
    """Make of a plan what the rules see of a report that is filed."""
    base = f"{plan.place}/{plan.year}"
    text = plan.files[f"{base}.md"].decode()
    document = read_yaml(plan.files[f"{base}.yml"])
    report = parse_report(plan.place, plan.year, text, plan.record)
    files = ReportFiles(plan.place, plan.year, {})
    return Filing(plan.place, plan.year, files, text, document, report, None, {}, b"", ())
