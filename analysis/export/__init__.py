"""Files: tables, figures, the manifest, and folders that are whole or not there."""

from analysis.export.files import *  # noqa: F403
