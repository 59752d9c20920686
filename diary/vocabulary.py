"""Every choice of the diary, once: codes of the diary file, the words shown, and their facts.

Codes are stable: the diary file, the database and the rules refer to them. The order of the
members is the order in which lists are shown and exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Choice(StrEnum):
    """A code with the words shown for it; `Choice.choices()` feeds forms and columns."""

    label: str

    def __new__(cls, code: str, *facts: Any) -> Self:
        """Members state a label; a look-up, `Side("left")`, states the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        (member.label,) = facts
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label in their fixed order."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes in their fixed order."""
        return tuple(member.value for member in cls)


class Side(Choice):
    """Laterality of a body site, as the person sees it; `both` is left and right at once."""

    LEFT = "left", _("left")
    RIGHT = "right", _("right")
    BOTH = "both", _("both sides")
    MIDLINE = "midline", _("middle")


class Region(Choice):
    """The four parts of the body that the rules count places in."""

    HEAD = "head", _("head")
    TRUNK = "trunk", _("trunk")
    ARM = "arm", _("arm")
    LEG = "leg", _("leg")


class SiteGroup(Choice):
    """Groups of body sites from head to foot; a group code is itself a site."""

    EYELID = "eyelid", _("Eyelids")
    FACE = "face", _("Face")
    TONGUE = "tongue", _("Tongue")
    JAW = "jaw", _("Jaw")
    NECK = "neck", _("Neck and throat")
    SHOULDER = "shoulder", _("Shoulders")
    UPPER_ARM = "upper_arm", _("Upper arms")
    FOREARM = "forearm", _("Forearms")
    HAND = "hand", _("Hands")
    CHEST = "chest", _("Chest")
    ABDOMEN = "abdomen", _("Belly")
    BACK = "back", _("Back")
    HIP = "hip", _("Hips")
    THIGH = "thigh", _("Thighs")
    CALF = "calf", _("Lower legs")
    FOOT = "foot", _("Feet")


_REGION_OF_GROUP = {
    SiteGroup.EYELID: Region.HEAD,
    SiteGroup.FACE: Region.HEAD,
    SiteGroup.TONGUE: Region.HEAD,
    SiteGroup.JAW: Region.HEAD,
    SiteGroup.NECK: Region.TRUNK,
    SiteGroup.SHOULDER: Region.ARM,
    SiteGroup.UPPER_ARM: Region.ARM,
    SiteGroup.FOREARM: Region.ARM,
    SiteGroup.HAND: Region.ARM,
    SiteGroup.CHEST: Region.TRUNK,
    SiteGroup.ABDOMEN: Region.TRUNK,
    SiteGroup.BACK: Region.TRUNK,
    SiteGroup.HIP: Region.LEG,
    SiteGroup.THIGH: Region.LEG,
    SiteGroup.CALF: Region.LEG,
    SiteGroup.FOOT: Region.LEG,
}


class BodySite(StrEnum):
    """Where a twitch is felt. Each site belongs to a group and a region.

    `may_be_midline`: the site crosses the middle of the body, so it takes the side `midline`
    beside left, right and both; every other site takes left, right or both.
    """

    label: str
    group: SiteGroup
    may_be_midline: bool

    def __new__(cls, code: str, *facts: Any) -> Self:
        """Members state label, group and perhaps True for midline; a look-up the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.group, *midline = facts
        member.may_be_midline = midline == [True]
        return member

    EYELID_UPPER = "eyelid_upper", _("upper eyelid"), SiteGroup.EYELID
    EYELID_LOWER = "eyelid_lower", _("lower eyelid"), SiteGroup.EYELID
    EYELID = "eyelid", _("eyelid"), SiteGroup.EYELID
    BROW = "brow", _("brow"), SiteGroup.FACE
    CHEEK = "cheek", _("cheek"), SiteGroup.FACE
    NOSE = "nose", _("nose"), SiteGroup.FACE, True
    MOUTH = "mouth", _("mouth"), SiteGroup.FACE, True
    CHIN = "chin", _("chin"), SiteGroup.FACE, True
    TEMPLE = "temple", _("temple"), SiteGroup.FACE
    FACE = "face", _("face"), SiteGroup.FACE
    TONGUE = "tongue", _("tongue"), SiteGroup.TONGUE, True
    JAW = "jaw", _("jaw"), SiteGroup.JAW, True
    NECK = "neck", _("neck"), SiteGroup.NECK, True
    THROAT = "throat", _("throat"), SiteGroup.NECK, True
    SHOULDER = "shoulder", _("shoulder"), SiteGroup.SHOULDER
    UPPER_ARM_FRONT = "upper_arm_front", _("upper arm, front"), SiteGroup.UPPER_ARM
    UPPER_ARM_BACK = "upper_arm_back", _("upper arm, back"), SiteGroup.UPPER_ARM
    UPPER_ARM = "upper_arm", _("upper arm"), SiteGroup.UPPER_ARM
    FOREARM = "forearm", _("forearm"), SiteGroup.FOREARM
    WRIST = "wrist", _("wrist"), SiteGroup.HAND
    THUMB = "thumb", _("thumb"), SiteGroup.HAND
    FINGERS = "fingers", _("fingers"), SiteGroup.HAND
    HAND = "hand", _("hand"), SiteGroup.HAND
    CHEST = "chest", _("chest"), SiteGroup.CHEST, True
    ABDOMEN = "abdomen", _("belly"), SiteGroup.ABDOMEN, True
    FLANK = "flank", _("flank"), SiteGroup.ABDOMEN
    UPPER_BACK = "upper_back", _("upper back"), SiteGroup.BACK, True
    LOWER_BACK = "lower_back", _("lower back"), SiteGroup.BACK, True
    BACK = "back", pgettext_lazy("part of the body", "back"), SiteGroup.BACK, True
    HIP = "hip", _("hip"), SiteGroup.HIP
    BUTTOCK = "buttock", _("buttock"), SiteGroup.HIP
    GROIN = "groin", _("groin"), SiteGroup.HIP, True
    THIGH_FRONT = "thigh_front", _("thigh, front"), SiteGroup.THIGH
    THIGH_BACK = "thigh_back", _("thigh, back"), SiteGroup.THIGH
    THIGH = "thigh", _("thigh"), SiteGroup.THIGH
    KNEE = "knee", _("knee"), SiteGroup.CALF
    SHIN = "shin", _("shin"), SiteGroup.CALF
    CALF = "calf", _("calf"), SiteGroup.CALF
    ANKLE = "ankle", _("ankle"), SiteGroup.FOOT
    FOOT = "foot", _("foot"), SiteGroup.FOOT
    TOES = "toes", _("toes"), SiteGroup.FOOT

    @property
    def region(self) -> Region:
        """The region of the site's group."""
        return _REGION_OF_GROUP[self.group]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides this site takes."""
        paired = (Side.LEFT, Side.RIGHT, Side.BOTH)
        return (*paired, Side.MIDLINE) if self.may_be_midline else paired

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label from head to foot."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes from head to foot."""
        return tuple(member.value for member in cls)


SITE_ORDER = {site.value: position for position, site in enumerate(BodySite)}
SIDE_ORDER = {side.value: position for position, side in enumerate(Side)}


class Sex(Choice):
    """Sex, as far as targets and pages ask for it."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


class Paper(Choice):
    """Paper of the printed page."""

    A4 = "a4", _("A4")
    LETTER = "letter", _("Letter")


class OnsetPrecision(Choice):
    """How exactly the person knows when it began."""

    DAY = "day", _("the day")
    WEEK = "week", _("the week")
    MONTH = "month", _("the month")
    SEASON = "season", _("the season")
    YEAR = "year", _("the year")

    @property
    def slack_days(self) -> int:
        """By how many days it may lie earlier or later than its date (a middle, except a day)."""
        return {"day": 0, "week": 7, "month": 16, "season": 46, "year": 184}[self.value]


class Manner(Choice):
    """How something began."""

    SUDDEN = "sudden", _("suddenly")
    GRADUAL = "gradual", _("gradually")


class Impact(Choice):
    """How much the twitching gets in the way of daily life."""

    NONE = "none", _("not at all")
    SOME = "some", _("a little")
    A_LOT = "a_lot", _("a lot")


class Test(Choice):
    """Tests that the article names, and room for others."""

    __test__ = False  # keeps test collectors from taking the word for themselves

    ELECTROLYTES = "electrolytes", _("Blood test: electrolytes")
    THYROID = "thyroid", _("Blood test: thyroid")
    MRI = "mri", _("MRI scan")
    CT = "ct", _("CT scan")
    EMG = "emg", _("Electromyography (EMG)")
    OTHER = "other", _("Another test")


class InstantPrecision(Choice):
    """How exactly the moment of an episode is known."""

    MINUTE = "minute", _("to the minute")
    HOUR = "hour", _("to the hour")
    PART_OF_DAY = "part_of_day", _("to the part of the day")


class DurationClass(Choice):
    """Length of one episode in words, with its bounds in seconds where it has any."""

    SECONDS = "seconds", _("Seconds")
    ABOUT_A_MINUTE = "about_a_minute", _("About a minute")
    MINUTES = "minutes", _("1 to 5 minutes")
    UP_TO_HALF_AN_HOUR = "up_to_half_an_hour", _("5 to 30 minutes")
    UP_TO_HOURS = "up_to_hours", _("Over 30 minutes")
    ON_AND_OFF_ALL_DAY = "on_and_off_all_day", _("On and off all day")

    @property
    def bounds_s(self) -> tuple[int, int] | None:
        """Lower and upper bound in seconds; None where the class is not a length."""
        return _DURATION_BOUNDS_S.get(self.value)


_DURATION_BOUNDS_S = {
    "seconds": (1, 15),
    "about_a_minute": (15, 90),
    "minutes": (90, 300),
    "up_to_half_an_hour": (300, 1800),
    "up_to_hours": (1800, 43200),
}


class CountClass(Choice):
    """How many twitches one bout held."""

    ONE = "one", _("One")
    A_FEW = "a_few", _("2 to 5")
    MANY = "many", _("6 to 20")
    VERY_MANY = "very_many", _("More than 20")

    @property
    def twitches(self) -> int:
        """The number of twitches this class stands for in sums."""
        return _TWITCHES_OF_CLASS[self.value]


_TWITCHES_OF_CLASS = {"one": 1, "a_few": 3, "many": 10, "very_many": 25}


class DaySummary(Choice):
    """A day in one word, for people who do not log single twitches."""

    NONE = "none", _("None")
    A_FEW = "a_few", _("A few")
    MANY = "many", _("Many")

    @property
    def twitches(self) -> int:
        """The number of twitches this word stands for in sums."""
        return {"none": 0, "a_few": 3, "many": 10}[self.value]


class ClosedAs(Choice):
    """How a check-in closed the day."""

    NONE = "none", _("No twitches")
    COMPLETE = "complete", _("That was all")
    CONSTANT = "constant", _("It never stopped")


INTENSITY_LABELS = {1: _("Barely felt"), 2: _("Clear"), 3: _("Strong or visible")}


class Kind(Choice):
    """What the movement is like."""

    FLICKER = "flicker", _("Flicker under the skin")
    JERK = "jerk", _("Jerk")
    CRAMP = "cramp", _("Cramp")
    RIPPLE = "ripple", _("Ripple")
    TREMOR = "tremor", _("Fine shaking")


class Context(Choice):
    """What the person was doing."""

    REST = "rest", _("At rest")
    USE = "use", _("While using the muscle")
    AFTER_EXERCISE = "after_exercise", _("After exercise")
    FALLING_ASLEEP = "falling_asleep", _("While falling asleep")
    ASLEEP = "asleep", _("While asleep")


class Source(Choice):
    """How an entry came into the diary."""

    LIVE = "live", _("written at the time")
    BACKDATED = "backdated", _("written later")
    OFFLINE = "offline", _("written without network")
    IMPORTED = "imported", _("imported")


class ExerciseRegion(Choice):
    """Parts of the body that an exercise worked."""

    ARM = "arm", _("Arms")
    LEG = "leg", _("Legs")
    TRUNK = "trunk", _("Trunk")


class Supplement(Choice):
    """Supplements a person may note as taken; the product never suggests any."""

    MAGNESIUM = "magnesium", _("Magnesium")
    CALCIUM = "calcium", _("Calcium")
    VITAMIN_D = "vitamin_d", _("Vitamin D")
    VITAMIN_B = "vitamin_b", _("Vitamin B")
    ELECTROLYTES = "electrolytes", _("Electrolytes")


class Answer(Choice):
    """Answer to a question about a sign."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")


class OwnFactorKind(Choice):
    """What an own factor holds."""

    YES_NO = "yes_no", _("yes or no")
    NUMBER = "number", _("a number")


class Expectation(Choice):
    """What a person expects of the factor they named."""

    MORE = "more", _("more twitches")
    FEWER = "fewer", _("fewer twitches")
    NONE = "none", _("no difference")


class Factor(Choice):
    """Things of daily life that the diary sets beside the twitches."""

    CAFFEINE = "caffeine", _("Caffeine")
    SLEEP = "sleep", _("Sleep")
    STRESS = "stress", _("Stress")
    EXERCISE = "exercise", _("Exercise")
    ALCOHOL = "alcohol", _("Alcohol")
    NICOTINE = "nicotine", _("Nicotine")
    HYDRATION = "hydration", _("Drinks")
    MEDICINE = "medicine", _("Medicines")
    HYPERVENTILATION = "hyperventilation", _("Fast breathing")


@dataclass(frozen=True, slots=True)
class DrinkServing:
    """One serving of a drink: caffeine in mg; size in ml (g for chocolate), None for a tablet."""

    mg: int
    size: int | None
    size_unit: str = "ml"


class Drink(Choice):
    """Drinks and foods with caffeine; amounts of one serving in `DRINK_SERVINGS`."""

    FILTER_COFFEE = "filter_coffee", _("Filter coffee")
    ESPRESSO = "espresso", _("Espresso")
    INSTANT_COFFEE = "instant_coffee", _("Instant coffee")
    DECAF = "decaf", _("Decaf")
    LATTE = "latte", _("Latte")
    BLACK_TEA = "black_tea", _("Black tea")
    GREEN_TEA = "green_tea", _("Green tea")
    BOTTLED_TEA = "bottled_tea", _("Bottled tea")
    COLA = "cola", _("Cola")
    DIET_COLA = "diet_cola", _("Diet cola")
    ENERGY_DRINK = "energy_drink", _("Energy drink")
    ENERGY_DRINK_LARGE = "energy_drink_large", _("Energy drink, large")
    ENERGY_SHOT = "energy_shot", _("Energy shot")
    HOT_CHOCOLATE = "hot_chocolate", _("Hot chocolate")
    MILK_CHOCOLATE = "milk_chocolate", _("Milk chocolate")
    DARK_CHOCOLATE = "dark_chocolate", _("Dark chocolate")
    CAFFEINE_TABLET = "caffeine_tablet", _("Caffeine tablet")
    OWN = "own", _("Own drink")


# Sources: a published table of caffeine in drinks citing FDA and USDA figures (Mayo Clinic) and
# EFSA 2015 for energy drinks; brands differ widely, so every amount stays editable.
DRINK_SERVINGS = {
    Drink.FILTER_COFFEE: DrinkServing(96, 240),
    Drink.ESPRESSO: DrinkServing(63, 30),
    Drink.INSTANT_COFFEE: DrinkServing(62, 240),
    Drink.DECAF: DrinkServing(2, 240),
    Drink.LATTE: DrinkServing(150, 480),
    Drink.BLACK_TEA: DrinkServing(48, 240),
    Drink.GREEN_TEA: DrinkServing(29, 240),
    Drink.BOTTLED_TEA: DrinkServing(26, 240),
    Drink.COLA: DrinkServing(35, 330),
    Drink.DIET_COLA: DrinkServing(43, 330),
    Drink.ENERGY_DRINK: DrinkServing(80, 250),
    Drink.ENERGY_DRINK_LARGE: DrinkServing(160, 500),
    Drink.ENERGY_SHOT: DrinkServing(200, 60),
    Drink.HOT_CHOCOLATE: DrinkServing(4, 150),
    Drink.MILK_CHOCOLATE: DrinkServing(6, 30, "g"),
    Drink.DARK_CHOCOLATE: DrinkServing(24, 30, "g"),
    Drink.CAFFEINE_TABLET: DrinkServing(200, None),
}


class AssociatedSymptom(StrEnum):
    """Signs that may come with twitching: `label` for lists, `question` as put to the person.

    Feeling weak and having lost a function are different signs, and so are slurred speech that
    came at once and speech that changed slowly: the rules tell them apart.
    """

    label: str
    question: str

    def __new__(cls, code: str, *facts: Any) -> Self:
        """Members state a label and a question; a look-up the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.question = facts
        return member

    WEAKNESS_FEELING = (
        "weakness_feeling",
        _("Feels weak, nothing lost"),
        _("The place feels weak, but you can still do everything you did before"),
    )
    WEAKNESS_SUDDEN = (
        "weakness_sudden",
        _("Strength lost within hours"),
        _("Strength went within minutes or hours, even if only in one hand"),
    )
    WEAKNESS_OVER_DAYS = (
        "weakness_over_days",
        _("Clearly weaker over days"),
        _("An arm, a leg or one side became clearly weaker over hours or a few days"),
    )
    WEAKNESS_OVER_WEEKS = (
        "weakness_over_weeks",
        _("Clearly weaker over weeks"),
        _("Something became clearly weaker over one to four weeks"),
    )
    WEAKNESS_OVER_MONTHS = (
        "weakness_over_months",
        _("Slowly weaker over months"),
        _("Something became weaker slowly, over more than four weeks"),
    )
    DROPPING_THINGS = (
        "dropping_things",
        _("Weak grip, dropping things"),
        _("Weak grip: you drop things, or jars and buttons got hard"),
    )
    TRIPPING_FOOT_DROP = (
        "tripping_foot_drop",
        _("Tripping, foot dragging"),
        _("You trip, a foot drags, or stairs got harder"),
    )
    MUSCLE_WASTING = (
        "muscle_wasting",
        _("A muscle looking thinner"),
        _("A muscle looks thinner than before, or than on the other side"),
    )
    STIFFNESS = "stiffness", _("Stiffness"), _("The place where it twitches feels stiff")
    SLOW_RELAXATION = (
        "slow_relaxation",
        _("Slow to let go"),
        _("After squeezing, your hand or eyes are slow to let go"),
    )
    SPEECH_SLURRED_SUDDEN = (
        "speech_slurred_sudden",
        _("Speech slurred at once"),
        _("Your speech became slurred or mixed up all at once in the last days"),
    )
    SPEECH_SLURRED_GRADUAL = (
        "speech_slurred_gradual",
        _("Speech slurred or quiet, slowly"),
        _("Speech is slurred or quieter, coming on slowly"),
    )
    SWALLOWING_TROUBLE = (
        "swallowing_trouble",
        _("Trouble swallowing"),
        _("Food or drink goes down with difficulty, or makes you choke"),
    )
    BREATHING_SEVERE = (
        "breathing_severe",
        _("Severe trouble breathing"),
        _("You gasp, your throat is closing, or you cannot get words out"),
    )
    BREATHLESS_NEW = (
        "breathless_new",
        _("More breathless than usual"),
        _("You are more short of breath than usual, but you can talk"),
    )
    BREATHLESS_LYING_OR_REST = (
        "breathless_lying_or_rest",
        _("Breathless at rest or lying flat"),
        _("You are short of breath while resting or lying flat"),
    )
    FACE_DROOP_SUDDEN = (
        "face_droop_sudden",
        _("Face dropped suddenly"),
        _("One side of your face dropped suddenly"),
    )
    VISION_LOSS_SUDDEN = (
        "vision_loss_sudden",
        _("Sudden loss of sight"),
        _("You suddenly lost sight"),
    )
    VISION_CHANGE = (
        "vision_change",
        _("Blurred or double vision"),
        _("You see blurred or double, not all of a sudden"),
    )
    NUMBNESS = "numbness", _("Numbness"), _("You have lost feeling where it twitches")
    NUMBNESS_ONE_SIDE_SUDDEN = (
        "numbness_one_side_sudden",
        _("One side suddenly numb"),
        _("One side of your body went numb suddenly"),
    )
    TINGLING = "tingling", _("Tingling"), _("Pins and needles where it twitches")
    TINGLING_MOUTH = (
        "tingling_mouth",
        _("Tingling round the mouth"),
        _("Pins and needles around your mouth"),
    )
    TINGLING_HANDS_FEET_PERSISTENT = (
        "tingling_hands_feet_persistent",
        _("Tingling of both feet or hands"),
        _("Both feet or both hands tingle or are numb on most days"),
    )
    BURNING_FEET = "burning_feet", _("Burning feet"), _("Your feet burn")
    BLADDER_BOWEL_CHANGE = (
        "bladder_bowel_change",
        _("Bladder, bowel or sexual function"),
        _("New trouble with bladder, bowel or sexual function"),
    )
    SADDLE_NUMBNESS = (
        "saddle_numbness",
        _("Numb between the legs"),
        _("You are numb between your legs"),
    )
    BACK_PAIN_SEVERE = (
        "back_pain_severe",
        _("Severe low back pain"),
        _("You have severe pain low in the back"),
    )
    RADIATING_PAIN = (
        "radiating_pain",
        _("Pain shooting into a limb"),
        _("Pain shoots from your neck or back into an arm or leg"),
    )
    LIMITED_MOVEMENT = (
        "limited_movement",
        _("Moves less than usual"),
        _("Your neck, back or a joint moves less than it used to"),
    )
    CRAMPS = "cramps", _("Cramps"), _("Painful cramps in the same place")
    SUSTAINED_HAND_FOOT_SPASM = (
        "sustained_hand_foot_spasm",
        _("Hand or foot locking"),
        _("A hand, the fingers or a foot lock in a cramped position"),
    )
    RHYTHMIC_JERKING = (
        "rhythmic_jerking",
        _("Large repeated jerks"),
        _("Large jerks, again and again, that move the limb or pull the face"),
    )
    TWITCH_IN_SLEEP = (
        "twitch_in_sleep",
        _("Twitching during sleep"),
        _("The twitching goes on while you sleep"),
    )
    EYELID_CLOSES_FULLY = (
        "eyelid_closes_fully",
        _("Lid closing completely"),
        _("The lid shuts completely with each twitch, or is hard to open"),
    )
    EYES_FORCED_SHUT_BOTH = (
        "eyes_forced_shut_both",
        _("Both eyes squeezed shut"),
        _("Both eyes are squeezed shut"),
    )
    EYE_RED_SWOLLEN_DISCHARGE = (
        "eye_red_swollen_discharge",
        _("Eye red, swollen or running"),
        _("The eye is red, swollen or has discharge"),
    )
    EYELID_DROOP = (
        "eyelid_droop",
        _("Drooping lid"),
        _("An eyelid hangs lower than it did"),
    )
    SPREAD_TO_FACE = (
        "spread_to_face",
        _("Spread from lid to face"),
        _("It began at an eyelid and now also pulls the cheek, mouth, brow or chin"),
    )
    LIGHT_SENSITIVITY = (
        "light_sensitivity",
        _("Worse in bright light"),
        _("Bright light makes it worse"),
    )
    SWEATING_EXCESS = (
        "sweating_excess",
        _("Sweating much more"),
        _("You sweat much more than usual"),
    )
    FEVER = "fever", _("Fever"), _("You have a high temperature")
    SHIVERING = "shivering", _("Shivering"), _("You are shivering")
    TREMOR = "tremor", _("Fine shaking"), _("Your hands shake finely")
    TREMOR_COARSE = (
        "tremor_coarse",
        _("Coarse shaking of the hands"),
        _("Your hands shake coarsely"),
    )
    AGITATION = "agitation", _("Restless, agitated"), _("You are restless or agitated")
    CONFUSION = "confusion", _("Confused"), _("You, or people around you, notice confusion")
    VERY_DROWSY = (
        "very_drowsy",
        _("Hard to keep awake"),
        _("You are unusually drowsy and hard to keep awake"),
    )
    BLACKOUT_OR_SEIZURE = (
        "blackout_or_seizure",
        _("Blackout or fit"),
        _("You blacked out, had a fit or lost awareness"),
    )
    UNSTEADY = "unsteady", _("Unsteady on the feet"), _("You are newly unsteady on your feet")
    VOMITING = "vomiting", _("Being sick"), _("You have been sick again and again")
    DIARRHOEA = "diarrhoea", _("Diarrhoea"), _("You have diarrhoea")
    PALPITATIONS = (
        "palpitations",
        _("Racing heartbeat"),
        _("Your heart races or beats unevenly"),
    )
    CHEST_PAIN = "chest_pain", _("Chest pain"), _("You have pain or tightness in the chest")
    FAST_BREATHING = (
        "fast_breathing",
        _("Fast breathing"),
        _("You breathe fast or deeply when it twitches"),
    )
    ANXIETY = "anxiety", _("Anxious or panicky"), _("You feel anxious or panicky")
    FATIGUE = "fatigue", _("Very tired"), _("You are very tired")
    WEIGHT_LOSS = (
        "weight_loss",
        _("Losing weight without trying"),
        _("You are losing weight without trying"),
    )
    RASH = "rash", _("New rash"), _("A new rash on the face or elsewhere")
    SUN_SENSITIVE_SKIN = (
        "sun_sensitive_skin",
        _("Skin worse in the sun"),
        _("Marks on your skin get worse in the sun"),
    )
    JOINT_PAIN = "joint_pain", _("Painful or stiff joints"), _("Joints are painful or stiff")
    FINGERS_BLUE_COLD = (
        "fingers_blue_cold",
        _("Fingers blue in the cold"),
        _("Fingers or toes turn blue when cold or under stress"),
    )
    ITCHING = "itching", _("Itchy skin"), _("Your skin itches")
    SWOLLEN_ANKLES = "swollen_ankles", _("Swollen ankles"), _("Your ankles are swollen")
    LESS_URINE = "less_urine", _("Much less urine"), _("You pass much less urine")
    DARK_URINE = "dark_urine", _("Dark urine"), _("Your urine is the colour of tea or cola")
    DROOLING = "drooling", _("Drooling"), _("You drool")
    SMALL_PUPILS = "small_pupils", _("Very small pupils"), _("Your pupils are very small")
    WATERY_EYES = "watery_eyes", _("Streaming eyes"), _("Your eyes stream")
    HEADACHE = "headache", _("Headache"), _("You have headaches")
    HEAT_INTOLERANCE = "heat_intolerance", _("Cannot stand heat"), _("You cannot stand heat")
    DRY_EYES = "dry_eyes", _("Dry or gritty eyes"), _("Your eyes are dry or gritty")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label in the order of the vocabulary."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes in the order of the vocabulary."""
        return tuple(member.value for member in cls)


class Condition(Choice):
    """Known conditions and circumstances, of the person or of the family."""

    ADHD = "adhd", _("ADHD")
    ALCOHOL_DEPENDENCE = "alcohol_dependence", _("Alcohol dependence")
    ALLERGY = "allergy", _("Allergy")
    ALREADY_ASSESSED = (
        "already_assessed_for_this_twitch",
        _("Already examined for this twitch"),
    )
    ANXIETY_DISORDER = "anxiety_disorder", _("Anxiety")
    ASTHMA = "asthma", _("Asthma")
    BIPOLAR = "bipolar", _("Bipolar disorder")
    CANCER = "cancer", _("Cancer")
    CHRONIC_DIARRHOEA = "chronic_diarrhoea", _("Long-lasting diarrhoea")
    CHRONIC_PAIN = "chronic_pain", _("Chronic pain")
    CKD = "ckd", _("Chronic kidney disease")
    DEPRESSION = "depression", _("Depression")
    DIABETES = "diabetes", _("Diabetes")
    EPILEPSY = "epilepsy", _("Epilepsy")
    FAMILY_HISTORY_MND = "family_history_mnd", _("Motor neurone disease in the family")
    FAMILY_HISTORY_TICS = "family_history_tics", _("Tics in the family")
    HEALTH_ANXIETY = "health_anxiety", _("Worry about health")
    HEART_DISEASE = "heart_disease", _("Heart disease")
    HYPERTENSION = "hypertension", _("High blood pressure")
    KIDNEY_DISEASE_OTHER = "kidney_disease_other", _("Another kidney disease")
    LIMITED_DIET = "limited_diet", _("Limited diet")
    LITTLE_SUNLIGHT = "little_sunlight", _("Little sunlight")
    LUPUS = "lupus", _("Lupus")
    MIGRAINE = "migraine", _("Migraine")
    MITOCHONDRIAL_DISEASE = "mitochondrial_disease", _("Mitochondrial disease")
    MND = "mnd", _("Motor neurone disease")
    MS = "ms", _("Multiple sclerosis")
    MYASTHENIA = "myasthenia", _("Myasthenia")
    NEUROPATHY = "neuropathy", _("Neuropathy")
    PARKINSON = "parkinson", _("Parkinson's disease")
    PESTICIDE_EXPOSURE = (
        "pesticide_or_chemical_exposure_recent",
        _("Recent contact with pesticides or chemicals"),
    )
    RECENT_INFECTION = "recent_infection", _("Recent infection")
    REFLUX = "reflux", _("Reflux")
    STROKE = "stroke", _("Stroke")
    THYROID_DISEASE = "thyroid_disease", _("Thyroid disease")
    THYROID_OR_NECK_SURGERY = "thyroid_or_neck_surgery", _("Thyroid or neck surgery")


class MedicineClass(Choice):
    """Classes of medicines; `reported_with_twitching` marks those reported with it."""

    CORTICOSTEROID = "corticosteroid", _("Cortisone (corticosteroid)")
    ESTROGEN = "estrogen", _("Oestrogen, such as many contraceptive pills")
    DIURETIC = "diuretic", _("Water tablet (diuretic)")
    STIMULANT_ADHD = "stimulant_adhd", _("Stimulant for ADHD")
    SSRI_SNRI = "ssri_snri", _("Antidepressant (SSRI or SNRI)")
    OTHER_SEROTONERGIC = (
        "other_serotonergic",
        _("Tramadol, triptan, St John's wort or similar"),
    )
    LITHIUM = "lithium", _("Lithium")
    ANTIEPILEPTIC = "antiepileptic", _("Medicine against epilepsy")
    PPI = "ppi", _("Acid blocker (omeprazole and similar)")
    BETA_AGONIST = "beta_agonist", _("Reliever inhaler (salbutamol and similar)")
    THEOPHYLLINE = "theophylline", _("Theophylline")
    CHOLINESTERASE_INHIBITOR = "cholinesterase_inhibitor", _("Cholinesterase inhibitor")
    STATIN = "statin", _("Statin")
    ANTIPSYCHOTIC = "antipsychotic", _("Antipsychotic")
    LEVOTHYROXINE = "levothyroxine", _("Thyroid hormone (levothyroxine)")
    BETA_BLOCKER = "beta_blocker", _("Beta blocker")
    ACE_OR_ARB = "ace_or_arb", _("ACE inhibitor or sartan")
    ASPIRIN_NSAID = "aspirin_nsaid", _("Aspirin, ibuprofen or similar")
    IMMUNOSUPPRESSANT = "immunosuppressant", _("Immunosuppressant")
    MS_DISEASE_MODIFYING = "ms_disease_modifying", _("Disease-modifying MS medicine")
    CALCIUM_VITAMIN_D = "calcium_vitamin_d", _("Calcium or vitamin D")
    CONTRACEPTIVE_NO_ESTROGEN = (
        "contraceptive_no_estrogen",
        _("Contraceptive without oestrogen"),
    )
    PAINKILLER = "painkiller", _("Another painkiller")
    OTHER = "other", _("Something else")

    @property
    def reported_with_twitching(self) -> bool:
        """Whether the class has been reported with twitching or cramps."""
        return self in _REPORTED_WITH_TWITCHING


_REPORTED_WITH_TWITCHING = frozenset(
    {
        MedicineClass.ANTIEPILEPTIC,
        MedicineClass.ANTIPSYCHOTIC,
        MedicineClass.BETA_AGONIST,
        MedicineClass.CHOLINESTERASE_INHIBITOR,
        MedicineClass.CORTICOSTEROID,
        MedicineClass.DIURETIC,
        MedicineClass.ESTROGEN,
        MedicineClass.LITHIUM,
        MedicineClass.OTHER_SEROTONERGIC,
        MedicineClass.PPI,
        MedicineClass.SSRI_SNRI,
        MedicineClass.STATIN,
        MedicineClass.STIMULANT_ADHD,
        MedicineClass.THEOPHYLLINE,
    }
)
