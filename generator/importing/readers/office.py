"""Older Word and WPS files, turned into .docx by LibreOffice where it is installed, and then read as such."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from generator.importing.document import Document, ImportRefusedError
from generator.importing.reading import read_document

_SECONDS = 120
_MEMORY = 4_000_000_000
_WRITTEN = 200_000_000
"""What one conversion may take: seconds, bytes of memory (LibreOffice maps much and uses little), bytes of a file."""
_SAVE_AS = "在 Word 或 WPS 里另存为 .docx 后再导入"
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "文件加了密码", "在 Word 或 WPS 里去掉密码，另存后再导入"),
    ("Workbook", "这是表格（Excel）文件，不是报告", "检查是否选错了文件"),
    ("PowerPoint Document", "这是演示文稿，不是报告", "检查是否选错了文件"),
)
"""Streams of a compound file ([MS-CFB]; their names are UTF-16) that tell that it holds no readable text."""
_DESCRIBED = {".doc": "旧版 Word", ".wps": "WPS", ".rtf": "RTF"}


def read_office(content: bytes, suffix: str) -> Document:
    """Read an older Word, WPS or RTF file through LibreOffice. Raise ImportRefusedError where that is not possible."""
    for stream, message, hint in _STREAMS:
        if stream.encode("utf-16-le") in content:
            raise ImportRefusedError(message, hint)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        message = f"这是{_DESCRIBED[suffix]}文件，要有 LibreOffice 才能读，这台电脑上没有"
        raise ImportRefusedError(message, f"{_SAVE_AS}，或安装 LibreOffice")
    document = read_document(_converted(program, content, suffix), "converted.docx")
    return replace(document, described=f"{_DESCRIBED[suffix]}，经 LibreOffice 转换")


def _converted(program: str, content: bytes, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(content)
        profile = (Path(folder) / "profile").as_uri()
        arguments = ["--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "docx"]
        _run([program, *arguments, "--outdir", folder, str(source)], folder)
        try:
            return (Path(folder) / "source.docx").read_bytes()
        except OSError:
            raise ImportRefusedError("LibreOffice 读不懂这个文件，可能已损坏或加了密码", _SAVE_AS) from None


def _run(command: list[str], folder: str) -> None:
    """Run a conversion to its end or its limit; what it started ends with it."""
    with subprocess.Popen(  # noqa: S603 - a program found on the path, and names of our own
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509 - the limits are the child's own, and no thread of ours holds a lock
    ) as process:
        try:
            process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise ImportRefusedError(f"LibreOffice 读了 {_SECONDS} 秒还没有读完", _SAVE_AS) from None
        finally:
            _end(process.pid)


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
