"""All charts in one place: each takes a table of :mod:`analysis.schema` and returns the axes it drew on.

Every chart takes `ax` (drawn on instead of a new figure) and `colours` (the colour of each camp, from
:func:`camp_colours`). An empty table gives axes that say so.
"""

from analysis.charts.agreement import plot_confusion, plot_corrected
from analysis.charts.along import plot_frames_along
from analysis.charts.comparison import plot_articles, plot_compared, plot_over_time
from analysis.charts.frames import plot_frames
from analysis.charts.grids import plot_reporting_verbs, plot_roles
from analysis.charts.journal import COLUMNS, column_of, for_journal
from analysis.charts.measures import plot_measures
from analysis.charts.saving import FORMATS, save_figure
from analysis.charts.stances import network_layout, plot_stance_matrix, plot_stance_network
from analysis.charts.statements import plot_positions, plot_words_by_speaker
from analysis.charts.structure import plot_headline_against_body, plot_space_and_order
from analysis.charts.style import camp_colours, caption_of, plotted, use_style
from analysis.charts.tone import plot_sentiment, plot_tone
from analysis.charts.wording import plot_loaded_pairs, plot_speech_by_camp

__all__ = [
    "COLUMNS",
    "FORMATS",
    "camp_colours",
    "caption_of",
    "column_of",
    "for_journal",
    "network_layout",
    "plot_articles",
    "plot_compared",
    "plot_confusion",
    "plot_corrected",
    "plot_frames",
    "plot_frames_along",
    "plot_headline_against_body",
    "plot_loaded_pairs",
    "plot_measures",
    "plot_over_time",
    "plot_positions",
    "plot_reporting_verbs",
    "plot_roles",
    "plot_sentiment",
    "plot_space_and_order",
    "plot_speech_by_camp",
    "plot_stance_matrix",
    "plot_stance_network",
    "plot_tone",
    "plot_words_by_speaker",
    "plotted",
    "save_figure",
    "use_style",
]
