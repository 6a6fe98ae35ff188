"""A site on a server, compared with its list of checksums: the list itself, and a sample of what it lists."""

from __future__ import annotations

import hashlib
import http.client
import random
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from generator.publishing.manifest import MANIFEST, ManifestError, read_manifest
from generator.publishing.verifying import Told, Verification

LARGEST = 2_000_000_000
SAMPLE = 50
_PIECE = 1 << 16
_PATIENCE = 30


def is_address(text: str) -> bool:
    """Tell an address of the web from a folder."""
    return text.startswith(("https://", "http://"))


def verify_address(address: str, sample: int) -> Verification:
    """Fetch the list of the site at ``address`` and ``sample`` of its files, chosen by its fingerprint. Raise ManifestError.

    The choice is another after every change of the site, and the same for the same site. Files that are there besides
    cannot be seen from outside.
    """
    base = address if address.endswith("/") else f"{address}/"
    missing, changed = Told(), Told()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, MANIFEST)
        fingerprint = _fetch_manifest(base, kept)
        chosen, files = _sample(kept, sample, fingerprint)
    for path, sum_ in chosen:
        found = _sum_of(base + urllib.parse.quote(path, errors="surrogateescape"))
        if found is None:
            missing.add(path)
        elif found != sum_:
            changed.add(path)
    return Verification(fingerprint, files, missing, changed, Told())


def told_address(verification: Verification, address: str, sample: int) -> str:
    """Tell what was found at an address."""
    lines = [f"取不到：{path}" for path in verification.missing.first]
    lines += [f"内容不符：{path}" for path in verification.changed.first]
    number = min(sample, verification.files)
    if verification.is_whole:
        lines.append(
            f"{address} 抽查 {number:,} 个文件（共 {verification.files:,} 个），都与校验清单一致，指纹 {verification.fingerprint}"
        )
    else:
        wrong = verification.missing.count + verification.changed.count
        lines.append(f"{address} 抽查 {number:,} 个文件，{wrong:,} 个不一致（重新部署，或等缓存过期后再查）")
    return "\n".join(line.encode(errors="replace").decode() for line in lines) + "\n"


def _fetch_manifest(base: str, kept: Path) -> str:
    sum_ = hashlib.sha256()
    try:
        with kept.open("wb") as file:
            for piece in _fetch(base + MANIFEST):
                sum_.update(piece)
                file.write(piece)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ManifestError(f"取不到 {base}{MANIFEST}：{_told(error)}；检查网址，或等部署完成后再查") from None
    return sum_.hexdigest()


def _sample(kept: Path, sample: int, fingerprint: str) -> tuple[list[tuple[str, bytes]], int]:
    """Choose lines of a list evenly, in one walk of it (reservoir sampling), by a seed."""
    chance = random.Random(fingerprint)  # noqa: S311 - a choice that can be made again, not a secret
    chosen: list[tuple[str, bytes]] = []
    files = 0
    for files, entry in enumerate(read_manifest(kept), 1):
        if len(chosen) < sample:
            chosen.append(entry)
        elif (place := chance.randrange(files)) < sample:
            chosen[place] = entry
    return chosen, files


def _sum_of(address: str) -> bytes | None:
    sum_ = hashlib.sha256()
    try:
        for piece in _fetch(address):
            sum_.update(piece)
    except (OSError, http.client.HTTPException, ValueError):
        return None
    return sum_.digest()


def _fetch(address: str) -> Iterator[bytes]:
    request = urllib.request.Request(address, headers={"User-Agent": "gongkai", "Accept-Encoding": "identity"})  # noqa: S310 - http and https only
    left = LARGEST
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - likewise
        while piece := answer.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise OSError("文件过大")
            yield piece


def _told(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"服务器回答 {error.code}"
    return "连接不上" if isinstance(error, urllib.error.URLError | TimeoutError) else "回答不完整"
