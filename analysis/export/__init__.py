"""Files: tables, the manifest, and folders that are whole or not there."""

from analysis.export.folders import OutputError, is_ours, replacing
from analysis.export.manifest import manifest, write_manifest
from analysis.export.tables import without_folders, write_tables

__all__ = ["OutputError", "is_ours", "manifest", "replacing", "without_folders", "write_manifest", "write_tables"]
