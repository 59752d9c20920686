"""`python -m tests.bench.cold_weasyprint HTML PDF`: the printed document without our code."""

from __future__ import annotations

import sys
from pathlib import Path

import weasyprint

PRINT = Path(__file__).resolve().parents[2] / "static" / "print"

if __name__ == "__main__":
    source, target = sys.argv[1:]
    weasyprint.HTML(
        string=Path(source).read_text(encoding="utf-8"), base_url=f"{PRINT}/"
    ).write_pdf(
        target,
        stylesheets=[PRINT / name for name in ("profile.css", "paper.css")],
        pdf_variant="pdf/ua-1",
    )
