"""Exchange: analyses for other programs of the field, and what people changed there."""

from analysis.exchange.annotations import LAYERS, Annotated, annotated, decisions
from analysis.exchange.formats import FORMATS, READERS, read, write
from analysis.exchange.networks import write_network

__all__ = ["FORMATS", "LAYERS", "READERS", "Annotated", "annotated", "decisions", "read", "write", "write_network"]
