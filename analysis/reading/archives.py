"""Archives: what is in a ZIP file, read in memory and never unpacked to disk, within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from analysis.reading.errors import ArticleError, Where, guarded

LARGEST_UNPACKED = 1_000_000_000
"""Bytes that all files of an archive may have together."""
LARGEST_OFFICE = 200_000_000
"""Bytes that the parts of an office document may have together."""
LARGEST_RATIO, RATIO_FROM = 200, 10_000_000
"""A file of an archive that is larger than the second number may be so many times as large as it is packed."""
MOST_FILES = 100_000
DEEPEST = 2
"""Archives in archives are opened to this depth."""
JUNK = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that operating systems leave; they are not counted."""


def check_zip(data: bytes, where: Where, *, largest: int = LARGEST_OFFICE) -> None:
    """Refuse a ZIP file that would grow beyond all measure or cannot be read."""
    with guarded(where, "a ZIP file"):
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    _check_sizes(members, where, largest)


def members(data: bytes, where: Where) -> Iterator[tuple[Where, bytes | ArticleError]]:
    """The files of an archive in the order of their names, or what is wrong with one of them."""
    with guarded(where, "a ZIP archive"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
    _check_sizes(infos, where, LARGEST_UNPACKED)
    for info in infos:
        if info.is_dir() or is_junk(info.filename):
            continue
        place = where.inside(info.filename)
        try:
            yield place, _member(archive, info, place)
        except ArticleError as error:
            yield place, error


def _check_sizes(infos: list[zipfile.ZipInfo], where: Where, largest: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES:
        raise where.error(f"it holds {len(infos)} files", f"split it into archives of less than {MOST_FILES} files")
    bomb = any(info.file_size > max(RATIO_FROM, LARGEST_RATIO * info.compress_size) for info in infos)
    if bomb or total > largest:
        problem = f"it would grow to {total / 1e6:,.0f} MB when unpacked, which is more than articles need"
        raise where.error(problem, "unpack it yourself if you trust it, and give the folder")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: Where) -> bytes:
    """One file of the archive; its name must lie in the archive, although nothing is written to disk."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise where.error("its name points outside the archive", "pack the archive again without such names")
    if info.flag_bits & 1:
        raise where.error("it is locked by a password", "unpack the archive yourself and give the folder")
    with guarded(where, "a file of this archive"), archive.open(info) as file:
        data = file.read(info.file_size + 1)
        if len(data) > info.file_size:
            raise zipfile.BadZipFile("larger than it says")
    return data


def is_junk(name: str) -> bool:
    """Whether a file is a trace of an operating system or hidden."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in JUNK or (part.startswith(".") and part.strip(".")) for part in parts)


def gunzip(data: bytes, where: Where, *, largest: int) -> bytes:
    """The content of a GZIP file, not more than `largest` bytes of it."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(largest + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        problem = f"it is damaged or cut off and cannot be unpacked ({type(error).__name__})"
        raise where.error(problem, "download or pack it again") from error
    if len(content) > largest:
        problem = f"it would grow to more than {largest / 1e6:,.0f} MB when unpacked"
        raise where.error(problem, "unpack it and split it")
    return content
