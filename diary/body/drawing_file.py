"""The drawings as one static file, which browsers keep: pages name its parts by `<use>`.

    <use href=".../drawing.svg#front-outline"/>       front, back, face, hands; outline and pens
    <use href=".../drawing.svg#back-calf-left"/>      a part, as `Region.key` says

Parts carry no paint: they take it from the `<use>`, and so from the stylesheet of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from diary.body.views import View, outline, regions

DRAWING_FILE = "body/drawing.svg"
"""Where the file lies among the static files; a test holds it to the geometry."""


def drawing_file() -> str:
    """The content of the file."""
    lines = (f'<path id="{key}" vector-effect="inherit" d="{path}"/>' for key, path in _paths())
    body = "\n".join(lines)
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>\n{body}\n</defs></svg>\n'


def _paths() -> Iterator[tuple[str, str]]:
    for view in View:
        drawing = outline(view)
        yield f"{view}-outline", drawing.silhouette
        for detail in drawing.details:
            yield f"{view}-{detail.pen}", detail.path
        for region in regions(view):
            yield region.key, region.path
