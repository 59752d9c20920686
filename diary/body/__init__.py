"""The drawing of the body: one source for the map in print, the map on pages and the picker.

    outline(View.FRONT)                     the drawing without marks
    regions(View.FRONT)                     every part of it, with its side
    fill([("calf", "left")])                the parts that places fill, by view
    marks(View.BACK, [CountedPlace("calf", "left", 4, True)])
                                            filled parts with leader, number and "new"
    body_map(counted, width, height, rows)  views side by side, in mm, for `diary/body/map.svg`

Pure geometry: nothing here reads settings, the clock or the database.
"""

from diary.body.maps import BodyMap, PlacedView, body_map
from diary.body.marks import CountedPlace, LabelSize, Mark, marks
from diary.body.views import (
    COARSE_SITES,
    Box,
    Outline,
    Region,
    View,
    fill,
    filled_by,
    label_anchor,
    outline,
    regions,
    regions_of,
)

__all__ = [
    "COARSE_SITES",
    "BodyMap",
    "Box",
    "CountedPlace",
    "LabelSize",
    "Mark",
    "Outline",
    "PlacedView",
    "Region",
    "View",
    "body_map",
    "fill",
    "filled_by",
    "label_anchor",
    "marks",
    "outline",
    "regions",
    "regions_of",
]
