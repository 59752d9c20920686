"""What is wrong with a diary file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from django.utils.translation import ngettext

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a JSON path such as `$.episodes[3].site` and a sentence saying what to do."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class DiaryFileFaults(Exception):
    """A diary file that cannot be taken. `faults` lists the first of `total` faults."""

    def __init__(self, faults: tuple[Fault, ...], total: int) -> None:
        super().__init__("; ".join(map(str, faults[:3])))
        self.faults = faults
        self.total = total


class Faults:
    """Collects the faults of one file: keeps the first hundred, counts all of them."""

    def __init__(self) -> None:
        self.total = 0
        self._listed: list[Fault] = []

    def add(self, path: str, sentence: str) -> None:
        """Note one fault."""
        self.total += 1
        if self.total <= MOST_LISTED:
            self._listed.append(Fault(path, sentence))

    def stop(self, path: str, sentence: str) -> NoReturn:
        """Note a fault behind which nothing can be read, and raise them all."""
        self._listed = self._listed[: MOST_LISTED - 1]
        self.total += 1
        self._listed.append(Fault(path, sentence))
        self._raise()

    def raise_if_any(self) -> None:
        """Raise `DiaryFileFaults` when at least one fault was noted."""
        if self.total:
            self._raise()

    def _raise(self) -> NoReturn:
        faults, unlisted = list(self._listed), self.total - len(self._listed)
        if unlisted:
            faults.append(Fault("$", _more(unlisted)))
        raise DiaryFileFaults(tuple(faults), self.total)


def _more(unlisted: int) -> str:
    return ngettext(
        "%(count)s more fault is not listed: put these right first, then read the file again.",
        "%(count)s more faults are not listed: put these right first, then read the file again.",
        unlisted,
    ) % {"count": unlisted}
