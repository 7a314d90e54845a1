"""The report: one page a run, its tables with the words that decided, the marked article, tables in notebooks."""

from analysis.report.display import browse, show, show_view

__all__ = ["browse", "show", "show_view"]
