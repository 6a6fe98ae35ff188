"""The reading of a PDF's pages in a process of its own, which cannot take the import down with it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from generator.importing.document import ImportRefusedError
from generator.importing.readers.pdf.print import Print, Reading

_MEMORY = 1_500_000_000
_SECONDS = 60
_SIZE = 100_000_000
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from generator.importing.readers.pdf.pages import main; main(*map(int, sys.argv[2:]))"
)
_HINT = "用 PDF 软件另存一次后再导入，或改用 Word 原件（.docx）"


def print_of(content: bytes, seconds: int = _SECONDS) -> Print:
    """Read what a PDF prints. Raise ImportRefusedError for what cannot be read, within ``seconds`` whatever the file does."""
    with tempfile.TemporaryFile() as answer:
        try:
            # The paths of this process, so that a checkout and an installed program are found alike; nothing else of it.
            done = subprocess.run(  # noqa: S603 - the command is this program
                [sys.executable, "-I", "-X", "utf8", "-c", _START, _paths(), *map(str, (_MEMORY, seconds, _SIZE))],
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                cwd=Path(tempfile.gettempdir()),
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ImportRefusedError(f"PDF 在 {seconds} 秒内没有读完", _HINT) from None
        except OSError:
            raise ImportRefusedError("系统资源不足，没能启动 PDF 的读取", "稍后再试") from None
        answer.seek(0)
        said = answer.read(_SIZE)
    try:
        reading = msgspec.json.decode(said, type=Reading)
    except (msgspec.DecodeError, RecursionError):
        ended = "占用的内存或时间超过上限" if done.returncode else "没有读出结果"
        raise ImportRefusedError(f"PDF 读取中断：{ended}", _HINT) from None
    if reading.refusal:
        raise ImportRefusedError(reading.refusal.message, reading.refusal.hint)
    if reading.print is None:
        raise ImportRefusedError("PDF 读取中断：没有读出结果", _HINT)
    return reading.print


def _paths() -> str:
    return json.dumps([str(Path(path).resolve()) for path in sys.path])
