"""Words of others in the project: ``python -m benchmarks.shared_words DATA_DIR`` names every run of ten shared words.

Every text file under version control but the first article, the notebooks that print it and the licences is compared
with the texts of the corpora; ten words in a row that stand in both are printed with their place.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

RUN = 10
ROOT = Path(__file__).parent.parent
ENDINGS = (".py", ".md", ".csv", ".yml", ".toml", ".cff", ".html", ".mplstyle")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every ten words in a row, in small letters."""
    words = [word.lower() for word in _WORD.findall(text)]
    return zip(*(words[k:] for k in range(RUN)), strict=False)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name of the corpus and text, for every text in its rows."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                sentences = row.get("sentences")
                found = row.get("text") or row.get("sentence") or " ".join(map(str, sentences or []))
                yield path.name.removesuffix(".jsonl.gz"), found


def own_files() -> list[Path]:
    """The text files of the project."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name.endswith(ENDINGS)]


def main() -> None:
    """Print what is shared."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shared_words", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with the corpora")
    own: dict[tuple[str, ...], str] = {}
    for path in own_files():
        own |= dict.fromkeys(runs(path.read_text(encoding="utf-8")), path.relative_to(ROOT).as_posix())
    found = set()
    for corpus, text in texts(parser.parse_args().data):
        found |= {(own[run], corpus, " ".join(run)) for run in runs(text) if run in own}
    for file, corpus, words in sorted(found):
        print(f"{file} | {corpus} | {words}")
    print(f"{len(found)} runs of {RUN} words are shared")


if __name__ == "__main__":
    main()
