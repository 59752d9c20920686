"""Signs as the printed page names them: short words for narrow columns, and what comes first."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from diary.vocabulary import AssociatedSymptom as Sign

_SHORT = {
    Sign.WEAKNESS_FEELING: gettext_lazy("feels weak, nothing lost"),
    Sign.WEIGHT_LOSS: gettext_lazy("losing weight"),
    Sign.SPEECH_SLURRED_SUDDEN: gettext_lazy("speech slurred at once"),
    Sign.BREATHING_SEVERE: gettext_lazy("severe trouble breathing"),
    Sign.BREATHLESS_NEW: gettext_lazy("breathless"),
    Sign.BREATHLESS_LYING_OR_REST: gettext_lazy("breathless at rest"),
    Sign.FACE_DROOP_SUDDEN: gettext_lazy("face dropped"),
    Sign.VISION_LOSS_SUDDEN: gettext_lazy("sight lost"),
    Sign.VISION_CHANGE: gettext_lazy("sight blurred or double"),
    Sign.NUMBNESS_ONE_SIDE_SUDDEN: gettext_lazy("one side numb"),
    Sign.TINGLING_HANDS_FEET_PERSISTENT: gettext_lazy("tingling of both feet or hands"),
    Sign.BLADDER_BOWEL_CHANGE: gettext_lazy("bladder, bowel, sexual function"),
    Sign.RADIATING_PAIN: gettext_lazy("pain into a limb"),
    Sign.BACK_PAIN_SEVERE: gettext_lazy("severe back pain"),
    Sign.LIMITED_MOVEMENT: gettext_lazy("moves less"),
    Sign.RHYTHMIC_JERKING: gettext_lazy("large jerks"),
    Sign.EYELID_CLOSES_FULLY: gettext_lazy("lid closing"),
    Sign.EYES_FORCED_SHUT_BOTH: gettext_lazy("eyes squeezed shut"),
    Sign.EYE_RED_SWOLLEN_DISCHARGE: gettext_lazy("eye red or swollen"),
    Sign.SPREAD_TO_FACE: gettext_lazy("face pulled"),
    Sign.LIGHT_SENSITIVITY: gettext_lazy("worse in bright light"),
    Sign.SWEATING_EXCESS: gettext_lazy("sweating"),
    Sign.TREMOR_COARSE: gettext_lazy("coarse shaking"),
    Sign.UNSTEADY: gettext_lazy("unsteady on feet"),
    Sign.JOINT_PAIN: gettext_lazy("painful joints"),
    Sign.SUN_SENSITIVE_SKIN: gettext_lazy("skin worse in the sun"),
}

FIRST_TO_NAME = (
    *(Sign.WEIGHT_LOSS, Sign.UNSTEADY, Sign.BREATHLESS_LYING_OR_REST, Sign.BLADDER_BOWEL_CHANGE),
    *(Sign.NUMBNESS, Sign.STIFFNESS, Sign.CRAMPS, Sign.TWITCH_IN_SLEEP, Sign.TINGLING),
    *(Sign.RADIATING_PAIN, Sign.RHYTHMIC_JERKING, Sign.EYELID_DROOP, Sign.SPREAD_TO_FACE),
    *(Sign.VISION_CHANGE, Sign.BREATHLESS_NEW, Sign.FEVER),
)
"""Signs that stand first where only some can be named: those a doctor looks for first."""

_ORDER = {sign.value: place for place, sign in enumerate(FIRST_TO_NAME)}


def short_sign(code: str) -> str:
    """A sign inside a list: "breathless at rest", "cramps"."""
    sign = Sign(code)
    return str(_SHORT[sign]) if sign in _SHORT else in_sentence(str(sign.label))


def in_sentence(label: str) -> str:
    """A label with a small first letter; abbreviations stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def first_to_name(codes: Iterable[str]) -> list[str]:
    """Codes in the order in which the page names them, the rest as they come."""
    return sorted(codes, key=lambda code: _ORDER.get(code, len(_ORDER)))
