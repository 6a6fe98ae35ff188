"""The runs of text of a page (what stands between two line breaks), and how much of each reads like a report."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.numbering import read_label
from generator.importing.debris import reads_as_debris
from generator.importing.document import printed
from generator.importing.readers.html.tree import PageTree

FRAME_WORDS = re.compile(
    r"版权所有|网站标识码|公网安备|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新]ICP|ICP备|备案号|技术支持|主办单位|承办单位"
    r"|联系电话[:：]|邮编[:：]|邮政编码|免责声明|转载请|本网站|本网(所有|部分|转载)|[Cc]ookies?|不代表本网|网站地图|浏览器|扫描二维码|扫码|客户端"
    r"|[Cc]opyright|©|您访问的链接|即将离开|欢迎(访问|光临|您)"
)
RELATED = re.compile(
    r"(相关|推荐|热门|热点|延伸|最新|精彩|猜你喜欢|更多|往期|关联|本类)(的|阅读|推荐|链接|新闻|资讯|信息|文章|文件|报道|解读|内容|公开|动态|\s)*[:：>》]*"
    r"|(上|下)一(篇|条)[:：]?.{0,80}|.{0,8}(排行榜?|推荐)"
)
"""What stands over a box of links."""
COMMENTS = re.compile(r"(网友|用户|读者|发表|全部|最新|热门|我要|我来)?(评论|留言|跟帖|说两句).{0,10}")
_LONGEST_DEBRIS, _LONGEST_FRAME = 200, 300
_SHORTEST_PROSE, _SHORTEST_HEADING, _UNSTOPPED = 8, 4, 40
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of text: its text nodes, its words, how many printed characters it has and how many of them are links."""

    nodes: tuple[int, ...]
    text: str
    characters: int
    linked: int

    @property
    def is_frame(self) -> bool:
        """Tell words that only the frame of a page says."""
        if len(self.text) > _LONGEST_FRAME:
            return False
        return bool(FRAME_WORDS.search(self.text) or RELATED.fullmatch(self.text) or COMMENTS.fullmatch(self.text))

    @property
    def is_link(self) -> bool:
        """Tell a run that is mostly links."""
        return 2 * self.linked > self.characters

    @property
    def is_numbered(self) -> bool:
        """Tell a heading or an item with a printed number."""
        return not self.is_link and read_label(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """Tell a sentence or a numbered heading, such as reports consist of, from the labels and links of a frame."""
        if self.is_link or self.is_frame or (len(self.text) <= _LONGEST_DEBRIS and reads_as_debris(self.text)):
            return False
        han = len(_HAN.findall(self.text))
        if self.is_numbered and han >= _SHORTEST_HEADING:
            return True
        return han >= _UNSTOPPED or (han >= _SHORTEST_PROSE and bool(re.search("[。；]", self.text)))


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a page in order; sums over its nodes, so that any subtree is weighed at once."""

    tree: PageTree
    runs: tuple[Run, ...]
    prose: tuple[int, ...]
    numbers: tuple[int, ...]
    shown: tuple[int, ...]
    linked: tuple[int, ...]

    def prose_in(self, index: int) -> int:
        """Count the characters of prose in a node."""
        return self.prose[self.tree.ends[index]] - self.prose[index]

    def numbers_in(self, index: int) -> int:
        """Count the numbered runs that begin in a node."""
        return self.numbers[self.tree.ends[index]] - self.numbers[index]

    def shown_in(self, index: int) -> int:
        """Count the printed characters that readers see in a node."""
        return self.shown[self.tree.ends[index]] - self.shown[index]

    def linked_in(self, index: int) -> int:
        """Count those that are links."""
        return self.linked[self.tree.ends[index]] - self.linked[index]


def runs_of(tree: PageTree) -> Runs:
    """Find the runs of a page and weigh them."""
    runs = tuple(_runs(tree))
    length = len(tree.nodes)
    prose, numbers, shown, linked = ([0] * length for _ in range(4))
    links = _links(tree)
    for run in runs:
        is_prose = run.is_prose
        for at in run.nodes:
            characters = printed([tree.nodes[at].text])
            shown[at] = characters
            prose[at] = characters if is_prose else 0
            linked[at] = characters if links[at] else 0
        numbers[run.nodes[0]] = int(run.is_numbered)
    return Runs(tree, runs, _sums(prose), _sums(numbers), _sums(shown), _sums(linked))


def _sums(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(itertools.accumulate(values, initial=0))


def _runs(tree: PageTree) -> Iterator[Run]:
    links = _links(tree)
    nodes: list[int] = []
    for index, _ in tree.events(0, len(tree.nodes)):
        node = tree.nodes[index]
        if not node.tag:
            nodes.append(index)
        elif nodes and (node.tag == "br" or node.is_block):
            yield from _run(tree, nodes, links)
            nodes = []
    yield from _run(tree, nodes, links)


def _run(tree: PageTree, nodes: Sequence[int], links: Sequence[bool]) -> Iterator[Run]:
    told = [(at, characters) for at in nodes if (characters := printed([tree.nodes[at].text]))]
    if told:
        text = " ".join("".join(tree.nodes[at].text for at in nodes).split())
        linked = sum(characters for at, characters in told if links[at])
        yield Run(tuple(at for at, _ in told), text, sum(characters for _, characters in told), linked)


def _links(tree: PageTree) -> list[bool]:
    found = [False] * len(tree.nodes)
    end = 0
    for index, node in enumerate(tree.nodes):
        if node.tag == "a" and node.attributes.get("href"):
            end = max(end, tree.ends[index])
        found[index] = index < end
    return found
