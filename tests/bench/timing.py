"""Times of things taken in turns, so that what else the machine does falls on all of them."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Clock = Callable[[], float]
cpu: Clock = time.process_time
"""Seconds of processor this process used: for work without disk, on a shared machine."""
wall: Clock = time.perf_counter


@dataclass(frozen=True, slots=True)
class Samples:
    """Measured values, one a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The smallest."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The largest."""
        return max(self.values)

    def over(self, other: Samples) -> Samples:
        """Ratios round by round, so that a slow minute counts for both."""
        return Samples(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))


def interleaved(
    works: Mapping[str, Callable[[], object]],
    rounds: int,
    *,
    each: int = 1,
    clock: Clock = cpu,
    between: Callable[[], object] = lambda: None,
) -> dict[str, Samples]:
    """Seconds of each work: every round does all of them in turn, `each` times, median kept.

    Every work is done once before, unmeasured. `between` runs, unmeasured, before each turn.
    """
    for work in works.values():
        between()
        work()
    gc.collect()
    gc.freeze()  # the diaries held here are not the app's, and are not searched for it
    names = list(works)
    found: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in [*names[turn % len(names) :], *names[: turn % len(names)]]:
            between()
            found[name].append(statistics.median(_spent(works[name], clock, each)))
    gc.unfreeze()
    return {name: Samples(tuple(spent)) for name, spent in found.items()}


def _spent(work: Callable[[], object], clock: Clock, times: int) -> list[float]:
    spent = []
    for _ in range(times):
        begun = clock()
        work()
        spent.append(clock() - begun)
    return spent


@dataclass(frozen=True, slots=True)
class Alone:
    """A command that ran in a process of its own."""

    seconds: float
    peak_mb: float


def alone(command: Sequence[str | Path]) -> Alone:
    """Run a command to its end; raises CalledProcessError when it fails."""
    watched = [sys.executable, "-S", Path(__file__).with_name("peak.py"), *command]
    told = subprocess.run(watched, stdout=subprocess.PIPE, check=True, text=True).stdout
    seconds, peak_kb = told.split()
    return Alone(float(seconds), int(peak_kb) / 1000)


def in_turns(commands: Mapping[str, Sequence[str | Path]], rounds: int) -> dict[str, list[Alone]]:
    """Each command in a process of its own, all of them every round."""
    found: dict[str, list[Alone]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(alone(command))
    return found
