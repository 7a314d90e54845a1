"""Saving: a figure in several formats, with its caption and the numbers that it shows beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from analysis.charts.journal import SCALE, column_of
from analysis.charts.style import caption_of, plotted, use_style

FORMATS: Mapping[str, Mapping[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""File formats of figures, and what is left out of their metadata so that identical figures give identical bytes."""
TITLE = {"png": ("Title", "Description"), "svg": ("Title", "Description"), "pdf": ("Title", "Subject")}
"""Where each format keeps the finding of a figure, and its text for who cannot see it."""
DPI = 300
GRAY = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue in the luminance of sRGB (IEC 61966-2-1)."""
ALIKE = 8.0
"""Steps of lightness (CIE L*, 0 to 100) that are hard to tell apart without a border."""


def save_figure(
    figure: Figure, folder: str | Path, name: str, *, formats: Iterable[str] = FORMATS, dpi: int = DPI
) -> list[Path]:
    """Write the figure as PNG, SVG and PDF, or in some of these; the same bytes for the same figure.

    Beside them stand ``NAME.csv`` with the plotted numbers and ``NAME.txt`` with the caption, which each file also
    holds as its description. `dpi` are the dots an inch of a PNG. A figure for a journal
    (:func:`analysis.charts.for_journal`) gets its width. The folder is made if it is not there; the layout is worked
    out once for all formats. Returns the paths of the pictures.
    """
    folder, formats = Path(folder), list(formats)
    if not formats:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    caption, table, scale = caption_of(figure), plotted(figure), 1.0 if column_of(figure) is None else SCALE
    with use_style():
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        for ending in formats:
            told = dict(zip(TITLE[ending], (caption.title or name, str(caption)), strict=True))
            content = io.BytesIO()
            figure.savefig(content, format=ending, dpi=dpi * scale, metadata={**FORMATS[ending], **told})
            data = content.getvalue() if scale == 1.0 else SCALERS[ending](content.getvalue(), scale, dpi)
            (folder / f"{name}.{ending}").write_bytes(data)
    if table is not None:
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    if caption.title:
        (folder / f"{name}.txt").write_text(f"{_with_gray(caption, figure)}\n", encoding="utf-8", newline="\n")
    return [folder / f"{name}.{ending}" for ending in formats]


def _with_gray(caption: object, figure: Figure) -> str:
    """The caption; for a journal also which entries of the legend look alike in print without colours."""
    pairs = look_alike(figure) if column_of(figure) is not None else []
    told = [f"{one} and {other}" for one, other in pairs]
    return f"{caption}\nIn grayscale these look alike: {'; '.join(told)}." if told else str(caption)


def look_alike(figure: Figure) -> list[tuple[str, str]]:
    """The pairs of legend entries that differ neither in lightness nor in hatching."""
    legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend() is not None)]
    looks = [
        (text.get_text().replace("\n", " "), lightness(patch.get_facecolor()), patch.get_hatch())
        for legend in legends
        for patch, text in zip(legend.get_patches(), legend.get_texts()[-len(legend.get_patches()) :], strict=False)
    ]
    return [
        (looks[one][0], looks[other][0])
        for one in range(len(looks))
        for other in range(one + 1, len(looks))
        if abs(looks[one][1] - looks[other][1]) < ALIKE and looks[one][2] == looks[other][2]
    ]


def lightness(colour: object) -> float:
    """The lightness of a colour (CIE L*), 0 black to 100 white."""
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ np.array(GRAY))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


# --- to the width of a journal -------------------------------------------------------------------------------------


def _scaled_png(data: bytes, _: float, dpi: int) -> bytes:
    """The dots are right already; only how many of them make an inch is told."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    image, told, target = Image.open(io.BytesIO(data)), PngInfo(), io.BytesIO()
    for key, value in image.text.items():
        told.add_itxt(key, value)
    image.save(target, "PNG", dpi=(dpi, dpi), pnginfo=told)
    return target.getvalue()


def _scaled_svg(data: bytes, scale: float, _: int) -> bytes:
    """Width and height; what is drawn follows by its view box, letters stay letters."""
    text = data.decode("utf-8")
    for side in ("width", "height"):
        text = re.sub(
            rf'(<svg[^>]*?\b{side}=")([\d.]+)pt"', lambda m: f'{m[1]}{float(m[2]) * scale:.4f}pt"', text, count=1
        )
    return text.encode("utf-8")


def _scaled_pdf(data: bytes, scale: float, _: int) -> bytes:
    """The page; fonts stay embedded as they are (Type 42)."""
    from pypdf import PdfReader, PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    reader = PdfReader(io.BytesIO(data))
    page = writer.add_page(reader.pages[0])
    page.scale_by(scale)
    writer.metadata = {key: value for key, value in (reader.metadata or {}).items() if key in ("/Title", "/Subject")}
    writer.write(target)
    return target.getvalue()


SCALERS = {"png": _scaled_png, "svg": _scaled_svg, "pdf": _scaled_pdf}
