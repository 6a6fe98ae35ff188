"""Programs of others that the editing form runs in browsers: fetched with npm, verified, and published as they are.

``make admin`` puts the packages into ``.gongkai/vendor/``. Only their names, versions and sums stand here; whatever has
another sum is refused. Files are read out of the verified packages, so that nothing unpacked can be changed in between.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.project import Project, ProjectError, find_project

_MOST_BYTES = 8_000_000
"""No file that is wanted is longer."""


@dataclass(frozen=True, slots=True)
class Program:
    """A package: ``sha512`` is the sum of the packed file in base64, as registries give it; ``wanted`` names its files."""

    name: str
    version: str
    sha512: str
    folder: str
    wanted: str

    @property
    def packed(self) -> str:
        """The name that npm gives the packed file."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


CMS = Program(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
    "cms-0.221.1",
    r"LICENSE\.txt|npm/index\.js|npm/chunks/react[\w-]*\.js|npm/assets/[\w.-]+\.(woff2|LICENSE\.txt)|locales/zh-CN\.json",
)
YAML = Program(
    "yaml",
    "2.9.1",
    "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
    "yaml-2.9.1",
    r"LICENSE|browser/[\w/.-]+\.js",
)
PROGRAMS = (CMS, YAML)
_FOREIGN_FONT = re.compile(rb"url\(https://[\w.-]+/fontsource/fonts/([a-z0-9-]+)[:@][^()\s]*\)")
_FONTS = {
    b"source-sans-3": b"source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
    b"noto-mono": b"noto-mono-latin-400-normal-DiC8lJru.woff2",
    b"material-symbols-outlined": b"material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
}
"""The fonts of this version of the CMS, whose styles name those of a foreign host."""


def vendor_folder(project: Project) -> Path:
    """Return where the packages of a project are."""
    return project.kept / "vendor"


def fetch_programs(project: Project) -> Iterator[str]:
    """Fetch the packages that are missing or wrong; tell of each. Raise ProjectError for one that cannot be had."""
    folder = vendor_folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    for program in PROGRAMS:
        try:
            _packed_bytes(folder, program)
        except ProjectError:
            _npm_pack(folder, program)
            _packed_bytes(folder, program)
        yield f"{program.name} {program.version}：已核对"


def _npm_pack(folder: Path, program: Program) -> None:
    """Fetch a package, whole or not at all: another process may be at it, or this one be stopped."""
    command = ["npm", "pack", f"{program.name}@{program.version}", "--ignore-scripts", "--silent"]
    with tempfile.TemporaryDirectory(dir=folder) as apart:
        try:
            subprocess.run(command, cwd=apart, check=True, capture_output=True, timeout=600)  # noqa: S603 - fixed words
            os.replace(Path(apart) / program.packed, folder / program.packed)  # noqa: PTH105 - as everywhere
        except FileNotFoundError as error:
            if error.filename == "npm":
                raise ProjectError("没有找到 npm；安装 Node.js 后再运行 make admin") from None
            raise ProjectError(f"npm 没有给出 {program.packed}；检查 npm 的版本后再运行 make admin") from None
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise ProjectError(f"npm 没有取到 {program.name}@{program.version}；检查网络后再运行 make admin") from None


def _packed_bytes(folder: Path, program: Program) -> bytes:
    path = folder / program.packed
    if not path.is_file():
        raise ProjectError(
            f"网页编辑要用的程序 {program.name} 还没有取来；运行 make admin，或删去 mkdocs.yml 的 editing"
        )
    content = path.read_bytes()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != program.sha512:
        raise ProjectError(f"{program.name} 与登记的校验和不符，不能发布；运行 make admin 重新取来")
    return content


@functools.lru_cache(maxsize=2)
def program_files(folder: Path) -> Mapping[str, bytes]:
    """Return the files to publish, by their paths below ``/admin/``. Raise ProjectError for a package missing or wrong."""
    found: dict[str, bytes] = {}
    for program in PROGRAMS:
        with tarfile.open(fileobj=io.BytesIO(_packed_bytes(folder, program)), mode="r:gz") as packed:
            for member in packed:
                name = member.name.removeprefix("package/")
                if member.isfile() and member.size <= _MOST_BYTES and re.fullmatch(program.wanted, name):
                    found.update([_published(program, name, packed.extractfile(member))])
    return dict(sorted(found.items()))


def _published(program: Program, name: str, file: IO[bytes] | None) -> tuple[str, bytes]:
    """Return a file's path and bytes. Words in JSON become a module: browsers do not import JSON that is not named so."""
    content = file.read() if file else b""
    if name.endswith(".json"):
        return f"{program.folder}/{name.removesuffix('.json')}.js", b"export default " + content.strip() + b";\n"
    if name.endswith(".js"):  # the maps are not published
        content = re.sub(rb"\n//# sourceMappingURL=\S+\s*\Z", b"\n", content)
        content = re.sub(_FOREIGN_FONT, functools.partial(_own_font, program), content)
    return f"{program.folder}/{name}", content


def _own_font(program: Program, found: re.Match[bytes]) -> bytes:
    """Point a style to the font in the package, relative to ``/admin/``, instead of to a foreign host."""
    return b"url(%s/npm/assets/%s)" % (program.folder.encode(), _FONTS[found[1]])


def main() -> None:
    """Fetch the packages of the project that this folder lies in, for ``make admin``."""
    try:
        for line in fetch_programs(find_project(Path.cwd())):
            sys.stdout.write(f"{line}\n")
    except ProjectError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
