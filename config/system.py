"""System libraries and programs the app needs: looks for them, installs or names what to type.

Runs before anything is installed, so it uses the standard library alone:
`python -m config.system pdf` and `python -m config.system pdf browser`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# What WeasyPrint loads, by the first name it tries, and the Debian package that brings it.
PDF_LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}
BROWSER_PROGRAMS = {"chromium": "chromium", "pdftoppm": "poppler-utils"}
ELSEWHERE = {
    "darwin": "brew install pango poppler chromium",
    "linux": "install Pango, HarfBuzz, Fontconfig, Poppler and Chromium with your package manager",
}


def loads(library: str) -> bool:
    """Whether the library can be loaded, under this name or the platform's own."""
    stem = library.partition(".so")[0].removeprefix("lib")
    for name in (library, ctypes.util.find_library(stem)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def missing_packages(needs: Sequence[str]) -> list[str]:
    """Debian packages of what is missing for `pdf` and `browser`."""
    missing = []
    if "pdf" in needs:
        missing += [package for name, package in PDF_LIBRARIES.items() if not loads(name)]
    if "browser" in needs:
        missing += [package for name, package in BROWSER_PROGRAMS.items() if not shutil.which(name)]
    return missing


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages when this is Debian and we are root; say whether it was done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    done = subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        env=quiet,
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0


def what_to_type(packages: Sequence[str]) -> str:
    """The one line that installs the packages on this computer."""
    if Path("/etc/debian_version").exists():
        return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    return ELSEWHERE.get(sys.platform, ELSEWHERE["linux"])


def main(needs: Sequence[str]) -> int:
    """Make sure of the needs; 0 when they are met, 1 when something has to be typed first."""
    packages = missing_packages(needs)
    if not packages or (install(packages) and not missing_packages(needs)):
        return 0
    print(f"Missing on this computer: {', '.join(packages)}. Type:\n  {what_to_type(packages)}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
