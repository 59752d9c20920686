"""Where tests put their files: in memory where there is plenty, for tests wait for every write."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
PLENTY = 4 * 1024**3


def fast_folder() -> Path:
    """A folder in memory with room to spare, else the usual one for temporary files."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > PLENTY:
        return IN_MEMORY
    return Path(tempfile.gettempdir())
