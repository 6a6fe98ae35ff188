"""The build as a list of named steps: read, check, link, compare, plan, render, publish.

Everything is read and checked before anything is rendered, and everything is rendered before anything is published.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.checking.place_rules import Gazetteer
from generator.checking.problems import text_line
from generator.checking.prose_rules import check_prose
from generator.checking.rules import Known, check_catalogues, check_places, rule_groups
from generator.content.catalogue_files import CATALOGUE_NAMES
from generator.content.deny_file import DENY_PATH, DenyFile, read_deny
from generator.content.spec import check_spec
from generator.content.tree import Tree, scan_places
from generator.model import Place, Problem, Report, Severity
from generator.pages.admin import admin_pages
from generator.pages.batches import Bench, Lists, Rendered, render_batch, start_worker
from generator.pages.file_inputs import AS_THEY_ARE, AdminPage, Redirect, Sitemap
from generator.pages.gathering import gather, keep_last_good
from generator.pages.holdings import Holdings
from generator.pages.kept import kept_report
from generator.pages.linked import Linked
from generator.pages.page import Page, Planned, encode_page
from generator.pages.plan import CHECKSUMS, plan_pages
from generator.pages.search_files import reports_to_index
from generator.project import Project, ProjectError
from generator.publishing.cache import Cache, Done, encode
from generator.publishing.comparison_store import ToCompare, stale_comparisons
from generator.publishing.comparisons import compare_reports, start_comparing
from generator.publishing.fingerprint import (
    comparing_digest,
    linking_digest,
    reading_digest,
    rendering_digest,
    reuse_digest,
    searching_digest,
)
from generator.publishing.link_store import stale_links
from generator.publishing.links import ReadCatalogues, compare_sentences, link_reports, read_catalogues, start_linking
from generator.publishing.manifest import MANIFEST, file_sum, manifest_lines
from generator.publishing.progress import Progress, Step
from generator.publishing.reading import changed_reports, forget_removed, read_all_places, read_reports
from generator.publishing.shell import Shells, ensure_shells
from generator.publishing.workers import default_jobs, in_batches, map_bounded, processes
from generator.publishing.writing import Site, publish, published_files, recover, site_at, stage_pieces
from generator.search.building import update_index
from generator.search.numbering import number_reports


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. ``strict``: publish nothing where a check finds an error; None means so in CI and not elsewhere.

    ``preview``: into a folder of its own, every page marked as not published and not to be indexed.
    """

    strict: bool | None = None
    jobs: int | None = None
    quiet: bool = False
    preview: bool = False

    @property
    def is_strict(self) -> bool:
        """Whether errors forbid the publication."""
        return bool(os.environ.get("CI")) if self.strict is None else self.strict


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: errors and counts of problems, how many files the site has, and which of them changed.

    The list of checksums is not counted: it is another whenever anything is.
    """

    problems: tuple[Problem, ...]
    counts: Mapping[tuple[Severity, str], int]
    published: bool
    site: Path
    files: int = 0
    rendered: int = 0
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def build(project: Project, options: BuildOptions) -> BuildResult:
    """Build the site of a project. Raise ProjectError or SettingsError where it cannot be built at all."""
    with _only_build(project), Progress(options.quiet).step("准备版式"):
        shells = ensure_shells(project, preview=options.preview)
    return build_from_shells(project, shells, options)


def build_from_shells(project: Project, shells: Shells, options: BuildOptions) -> BuildResult:
    """Build the site of a project whose shells are ready."""
    site = site_at(Path(shells.facts.site_dir), project.root)
    form = tuple(admin_pages(shells, project))
    with ExitStack() as stack:
        stack.enter_context(_only_build(project))
        recover(site)
        cache = stack.enter_context(closing(Cache(project.kept / "cache.sqlite")))
        run = _Run(project, shells, site, cache, options.jobs or default_jobs(), Progress(options.quiet))
        tree, places, found = run.read()
        with run.progress.step("汇总"):
            holdings, findings = gather(cache, tree, places, found, site.root, run.known.denied)
        if _hopeless(findings.failed) or (findings.failed and options.is_strict):
            return BuildResult(findings.failed, findings.counts, published=False, site=site.root)
        run.link(holdings)
        run.compare(holdings)
        run.index(holdings)
        with run.progress.step("计划页面") as step:
            cache.find(published_files(site))
            linked = Linked(holdings, cache.db, run.read_catalogues.catalogues, rendering_digest())
            cache.want(run.keyed(plan_pages(linked, shells, findings, rule_groups()), step))
            cache.want(run.keyed(iter(form), step))
            keep_last_good(cache, holdings, findings.taken_down)
            cache.want(run.keyed(run.sitemap(), step))
        rendered = run.render(holdings)
        written, removed = run.publish(rendered)
        return BuildResult(
            findings.failed,
            findings.counts,
            published=True,
            site=site.root,
            files=cache.wanted_count(),
            rendered=len(rendered),
            written=written,
            removed=removed,
        )


def report_result(result: BuildResult) -> bool:
    """Print what a build found and did; tell whether there were errors."""
    for problem in result.problems:
        sys.stderr.write(text_line(problem) + "\n")
    if not result.published:
        way_round = "" if _hopeless(result.problems) else "，或用 --keep-going 发布其余部分"
        sys.stderr.write(f"发现 {len(result.problems)} 个错误，没有发布。改正后再运行{way_round}\n")
        return True
    changed = f"写出 {len(result.written):,}，删除 {len(result.removed):,}"
    sys.stderr.write(f"共 {result.files:,} 个文件，重新生成 {result.rendered:,}，{changed}\n")
    if result.problems:
        sys.stderr.write(f"有 {len(result.problems)} 个错误：有错的报告保留上一次的版本，见 /status/\n")
    return bool(result.problems)


def _hopeless(problems: Sequence[Problem]) -> bool:
    """Tell contents that cannot be published even in part: in a format that is too new, or with a catalogue unread.

    Without a catalogue every page that it links would lose its links, without the list of denied words anything might be
    published, and of a hand-written page with private words there is no last good version.
    """
    return any(
        problem.rule == "spec"
        or (problem.path in _WANTED_FILES and problem.rule in {"schema", "yaml_syntax"})
        or (problem.path.startswith("content/pages/") and problem.rule == "privacy")
        for problem in problems
    )


_WANTED_FILES = frozenset((DENY_PATH, *(f"content/{name}.yml" for name in CATALOGUE_NAMES)))


@dataclass(frozen=True)
class _Run:
    """One build under way: the steps that need its tools."""

    project: Project
    shells: Shells
    site: Site
    cache: Cache
    jobs: int
    progress: Progress

    @functools.cached_property
    def code(self) -> bytes:
        """A digest of the code that reads reports, and of what it needs to know of the catalogues."""
        return _digest(reading_digest() + encode(self.known))

    @functools.cached_property
    def read_catalogues(self) -> ReadCatalogues:
        """The catalogues."""
        return read_catalogues(self.cache, self.project.content, reading_digest(), check_catalogues)

    @functools.cached_property
    def known(self) -> Known:
        """What the rules on reports need to know of the catalogues."""
        return Known.of(self.read_catalogues.catalogues, self.deny_file.denied)

    @functools.cached_property
    def deny_file(self) -> DenyFile:
        """The words that must not be published."""
        return read_deny(self.project.content)

    def read(self) -> tuple[Tree, dict[str, Place], list[Problem]]:
        """Read and check what has changed; return the tree, the places, and the problems found outside reports."""
        with self.progress.step("读取和检查报告") as step:
            tree = scan_places(self.project.places)
            places, unread = read_all_places(self.cache, tree, self.code)
            changed = changed_reports(self.cache, tree, self.code)
            with processes(self.jobs, len(changed)) as executor:
                read_reports(self.cache, tree, changed, self.known, self.code, executor=executor, step=step)
            forget_removed(self.cache, tree)
        found = [
            *check_spec(self.project.content),
            *check_prose(self.project.content, self.known.denied),
            *self.deny_file.problems,
            *self.read_catalogues.problems,
            *tree.problems,
            *unread,
            *check_places(Gazetteer(tree, places), self.known.denied),
        ]
        return tree, places, found

    def link(self, holdings: Holdings) -> None:
        """Link the reports whose text, or whose catalogues, have changed."""
        made_with = linking_digest() + self.read_catalogues.digest
        with self.progress.step("连接主题、数据和引用") as step:
            wanted = (
                (
                    entry.summary.id,
                    _digest(entry.digests.files + made_with),
                    entry.kept,
                )
                for entry in holdings.entries()
            )
            stale = stale_links(self.cache.db, wanted)
            tools = self._reading_tools
            with processes(self.jobs, len(stale), start_linking, tools) as executor:
                if executor is None and stale:
                    start_linking(*tools)
                link_reports(self.cache, stale, executor=executor, step=step)
        with self.progress.step("比较各乡镇的文字") as step:
            compare_sentences(self.cache, reuse_digest(), step)

    def compare(self, holdings: Holdings) -> None:
        """Compare the reports with the year before, of which one, or what knows words, has changed."""
        made_with = comparing_digest() + self.read_catalogues.digest
        with self.progress.step("与上一年度比较") as step:
            wanted = (
                ToCompare(
                    old.summary.id,
                    new.summary.id,
                    old.kept,
                    new.kept,
                    _digest(encode((old.summary.id, old.digests.files, new.digests.files)) + made_with),
                )
                for new, old in holdings.with_previous()
                if old
            )
            stale = stale_comparisons(self.cache.db, wanted)
            with processes(self.jobs, len(stale), start_comparing, self._reading_tools) as executor:
                if executor is None and stale:
                    start_comparing(*self._reading_tools)
                compare_reports(self.cache, stale, executor=executor, step=step)

    def index(self, holdings: Holdings) -> None:
        """Bring the search index up to date: the texts that have changed, and what finds them."""
        code = searching_digest()
        with self.progress.step("编制搜索索引") as step:
            numbering = number_reports(entry.summary.id for entry in holdings.entries())
            wanted = reports_to_index(holdings, code)
            tools = (self.cache.path, functools.partial(kept_report, self.site.root))
            executors = functools.partial(processes, self.jobs)
            update_index(self.cache, numbering, wanted, code, tools, executors, step)

    @property
    def _reading_tools(self) -> tuple[Path, bytes, Callable[[str], Report]]:
        """What workers read reports with: the cache, the catalogues, and the published versions of those that fail."""
        last_good = functools.partial(kept_report, self.site.root)
        return self.cache.path, self.read_catalogues.digest, last_good

    def keyed(self, pages: Iterator[Page | Planned], step: Step) -> Iterator[tuple[str, bytes, bytes, bool]]:
        """Give each page its key: what it shows, and what it is made with."""
        made_with = rendering_digest() + self.shells.digest
        for page in step.counting(pages):
            encoded = page.encoded if isinstance(page, Planned) else encode_page(page)
            key = hashlib.blake2b(encoded, digest_size=16)
            inputs = None if isinstance(page, Planned) else page.inputs
            if not isinstance(inputs, AS_THEY_ARE):
                key.update(made_with)
            listed = page.path.endswith("index.html") and not isinstance(inputs, Redirect | AdminPage)
            yield page.path, key.digest(), encoded, listed

    def sitemap(self) -> Iterator[Page]:
        """Plan the site map, where the address of the site is known."""
        if self.shells.facts.settings.site_url:
            digest = hashlib.blake2b("\n".join(self.cache.listed()).encode(), digest_size=16).digest()
            yield Page("sitemap.xml", Sitemap(digest))

    def render(self, holdings: Holdings) -> list[Rendered]:
        """Render and stage every page whose key is not the one that it was published with."""
        with self.progress.step("生成页面") as step:
            stale = list(self.cache.stale(str(self.site.root)))
            last = [page for page in stale if page[0] == CHECKSUMS]
            stale = [page for page in stale if page[0] != CHECKSUMS]
            bench = Bench(self.project, self.shells.folder, self.site, holdings.failed)
            if stale:
                bench.places.write_bytes(encode(dict(holdings.places)))
            if any(path in {"data/gongkai.sqlite", "data/reports.json", "sitemap.xml"} for path, _, _ in stale):
                summaries = tuple(entry.summary for entry in holdings.entries())
                addresses = tuple(path.removesuffix("index.html") for path in self.cache.listed())
                bench.lists.write_bytes(encode(Lists(summaries, addresses)))
            with processes(self.jobs, len(stale), start_worker, (bench,)) as executor:
                if executor is None and stale:
                    start_worker(bench)
                batches = in_batches(stale)
                results = map_bounded(executor, render_batch, batches) if executor else map(render_batch, batches)
                rendered = [each for batch in results for each in step.counting(batch)]
            if last:  # the sums of files that are all there now
                start_worker(bench)
                rendered += step.counting(render_batch(last))
            return rendered

    def publish(self, rendered: list[Rendered]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Publish what was staged, remove what nothing wants; return the paths written and removed."""
        with self.progress.step("发布") as step:
            gone = tuple(path for path in self.cache.gone() if path != MANIFEST)
            rendered = [*rendered, *self._manifest(rendered, gone)]
            written = tuple(each.path for each in rendered if each.changed)
            publish(self.site, sorted(written, key=lambda path: (path == MANIFEST, path)), gone)
            self.cache.keep_done(str(self.site.root), map(self._done, rendered), gone)
            step.add(len(written) + len(gone))
        return tuple(sorted(set(written) - {MANIFEST})), gone

    def _manifest(self, rendered: Sequence[Rendered], gone: Sequence[str]) -> Iterator[Rendered]:
        """Stage the list of all files, from the sums that are kept: only what this build made has to be known anew."""
        site = str(self.site.root)
        if rendered or gone or not self.cache.is_done(site, MANIFEST):
            self.cache.sum_anew((each.path, each.sha256) for each in rendered)
            sums = ((path, sum_ or file_sum(self.site.published(path))) for path, sum_ in self.cache.sums(site))
            staged = stage_pieces(self.site, MANIFEST, manifest_lines(sums))
            yield Rendered(MANIFEST, staged.sha256, staged.changed, staged.sha256)

    def _done(self, rendered: Rendered) -> Done:
        stat = os.stat(self.site.published(rendered.path))  # noqa: PTH116 - one of very many
        return Done(rendered.path, rendered.key, stat.st_size, stat.st_mtime_ns, rendered.sha256)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


@contextmanager
def _only_build(project: Project) -> Iterator[None]:
    """Let one build at a time work on a project."""
    project.kept.mkdir(parents=True, exist_ok=True)
    with (project.kept / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ProjectError("另一个构建正在进行；等它结束再运行") from None
        yield
