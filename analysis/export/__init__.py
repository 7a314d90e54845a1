"""Files: tables, the manifest, and folders that are whole or not there."""

from analysis.export.folders import MANIFEST, OutputError, beside, clear_abandoned, is_ours, replacing, sums
from analysis.export.manifest import is_made_from, manifest, provenance, write_manifest
from analysis.export.tables import without_folders, write_tables

__all__ = [
    "MANIFEST",
    "OutputError",
    "beside",
    "clear_abandoned",
    "is_made_from",
    "is_ours",
    "manifest",
    "provenance",
    "replacing",
    "sums",
    "without_folders",
    "write_manifest",
    "write_tables",
]
