"""Execute the notebooks on the first article and write them back: ``python -m benchmarks.notebooks``.

To be run after every change of a rule, a lexicon or a chart, so that the committed outputs are those of the code.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}


def main() -> None:
    """Execute each notebook in its folder; metadata that differ from machine to machine are left out."""
    for path in sorted(FOLDER.glob("0*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        place = {"metadata": {"path": str(FOLDER)}}
        NotebookClient(notebook, timeout=600, resources=place, record_timing=False).execute()
        notebook.metadata = METADATA
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main()
