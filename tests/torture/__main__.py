"""The proof that nothing is lost and nobody gets an error: `python -m tests.torture`.

Without options everything at full size, about a quarter of an hour. `--only writers,races` runs
some parts, `--small` the sizes of the suite, `--plant forgets` puts a fault into the server that
a part has to find, `--into docs/reliability.md` writes the table there.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import django
from django.test.utils import setup_test_environment

os.environ.setdefault("DIARY_DATA_DIR", tempfile.mkdtemp(prefix="torture-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()


def main() -> int:
    """Run the parts; 0 when every goal was reached."""
    from tests.torture import report
    from tests.torture.parts import PARTS, SMALL, Run, Sizes, say

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--small", action="store_true", help="the sizes of the suite")
    parser.add_argument("--plant", default="", help="a fault of tests/torture/planted.py")
    parser.add_argument("--into", type=Path, help="a document with marks for the table")
    options = parser.parse_args()
    figures: list[report.Figure] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as parent:
        run = Run(Path(parent), SMALL if options.small else Sizes(), options.plant)
        for name in options.only.split(","):
            say(f"{name} ...")
            found = PARTS[name](run)
            for one in found:
                mark = "ok " if one.kept else "NOT"
                say(f"  {mark} {one.what}: {one.measured} (goal: {one.goal})")
            figures += found
    if options.into:
        minutes = (time.monotonic() - started) / 60
        report.write_into(options.into, figures, f"The whole run took {minutes:.0f} minutes.")
    return int(not all(one.kept for one in figures))


if __name__ == "__main__":
    setup_test_environment()
    sys.exit(main())
