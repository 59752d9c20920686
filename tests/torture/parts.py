"""The parts of the proof: each runs its tools and says its figures."""

from __future__ import annotations

import logging
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from tests.torture import answers, disk, files, hostile, races, strangers, writers
from tests.torture.report import Figure
from tests.torture.server import Server, new_folder, serving

PROCESSES = 2
SHOWN = 12


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    writers: int = 8
    taps: int = 2_000
    kills: int = 20
    copies: int = 100
    rounds: int = 40
    shots: int = 20_000


SMALL = Sizes(writers=3, taps=30, kills=1, copies=2, rounds=3, shots=200)


@dataclass(frozen=True)
class Run:
    """A part with all it needs."""

    parent: Path
    sizes: Sizes
    plant: str

    @contextmanager
    def server(self, name: str) -> Iterator[Server]:
        """A server for one part."""
        with serving(new_folder(self.parent, name), self.plant) as found:
            yield found


def say(line: str) -> None:
    """A line on the screen, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show(found: Any) -> None:
    """What went wrong, on the screen, the first of each kind."""
    for name, value in vars(found).items():
        if isinstance(value, list) and value:
            say(f"    {name}: {len(value)}")
            for one in sorted(set(value))[:SHOWN]:
                say(f"      {one[:300]}")


def run_writers(run: Run) -> list[Figure]:
    """Writers while the server is killed."""
    sizes = run.sizes
    with run.server("writers") as server:
        found = writers.write_under_fire(
            server, writers=sizes.writers, taps=sizes.taps, kills=sizes.kills
        )
    sent = sizes.writers * sizes.taps
    what = f"{sizes.writers} writers, {sent:,} twitches, {found.kills} times kill -9"
    return [
        Figure(f"{what}: acknowledged", f"{found.acknowledged:,}", f"{sent:,}",
               found.acknowledged == sent),
        Figure("... of them lost", f"{found.lost}", "0", not found.lost),
        Figure("... stored twice", f"{found.doubled}", "0", not found.doubled),
        Figure("... answers 5xx", f"{found.errors}", "0", not found.errors),
        Figure("... other refusals", f"{found.refused}", "0", not found.refused),
        Figure("... files not sound after a kill", f"{found.unsound} of {found.kills + 1}", "0",
               not found.unsound),
        Figure("... days whose totals differ from their twitches", f"{found.wrong_days}", "0",
               not found.wrong_days),
        Figure("... time of a write, median / 99 % / longest",
               f"{found.p50_ms:.0f} / {found.p99_ms:.0f} / {found.max_ms:,.0f} ms", "none", True),
    ]  # fmt: skip


def run_copies(run: Run) -> list[Figure]:
    """Copies made while others write."""
    with run.server("copies") as server:
        copyist = disk.Copyist(server, run.sizes.copies)
        taps = run.sizes.copies * 60  # so that they write for as long as copies are made
        found = writers.write_under_fire(
            server, writers=3, taps=taps, kills=0, meanwhile=copyist.run
        )
    copies = copyist.restore_all(run.parent)
    wrong = copies.unsound + copies.lacking + copies.refused
    return [
        Figure(
            "copies made while 3 writers write, restored: not sound or lacking a twitch",
            f"{wrong} of {copies.made}", "0", not wrong and copies.made > 0,
        ),
        Figure("... taps lost meanwhile", f"{found.lost + found.errors}", "0", found.faultless),
    ]  # fmt: skip


def run_damage(run: Run) -> list[Figure]:
    """Flipped pages."""
    source = disk.filled_folder(run.parent, "filled")
    noticed, pages = disk.flipped_pages_noticed(run.parent, source)
    found = disk.start_on_a_damaged_file(run.parent, source)
    words = "said at start, write 503, file untouched" if found.faultless else f"{found}"
    return [
        Figure("one page of the file flipped, each in turn: noticed", f"{noticed} of {pages}",
               "all", noticed == pages),
        Figure("start on a damaged file", words, "said, nothing written", found.faultless),
    ]  # fmt: skip


def refused(what: str, found: disk.Refusals) -> Figure:
    """A line about writes that could not be made."""
    measured = (
        f"{found.said_so} of {found.tried} said so, {found.kept_the_text} kept the text,"
        f" {found.stored} stored, {found.stored_afterwards} stored once there was room"
    )
    return Figure(what, measured, "all, all, 0, all", found.faultless)


def run_full(run: Run) -> list[Figure]:
    """A full disk and a held lock."""
    figures = []
    try:
        figures.append(refused("disk full", disk.full_disk(run.parent, run.plant)))
    except OSError as error:
        figures.append(Figure("disk full", f"not measured: {error}", "all", True))
    plant = ",".join(filter(None, ("impatient", run.plant)))
    for how, words in (("IMMEDIATE", "for writing"), ("EXCLUSIVE", "altogether")):
        found = disk.locked(run.parent, how, plant)
        figures.append(refused(f"file held {words} by another program", found))
    flushes = disk.flushes_a_write(run.parent)
    measured = f"{flushes:.1f}" if flushes else "not measured: strace is not here or may not look"
    figures.append(
        Figure("fsync and fdatasync a write", measured, "1 or more", not flushes or flushes >= 1)
    )
    return figures


def run_races(run: Run) -> list[Figure]:
    """Two devices at once."""
    with run.server("races") as server:
        found = races.Arena(server).run(run.sizes.rounds)
    errors = sum(found.server_errors.values())
    if errors:
        say(f"    {dict(found.server_errors)}")
    return [
        Figure(f"one id from 8 threads, {2 * found.rounds} times: not one row",
               f"{found.rows_not_one}", "0", not found.rows_not_one),
        Figure(f"two changes of one version, {2 * found.rounds} times: overwritten in silence",
               f"{found.silent_overwrites}", "0", not found.silent_overwrites),
        Figure("... conflicts that do not show both texts",
               f"{found.conflicts_without_both} of {found.conflicts}", "0",
               not found.conflicts_without_both and found.conflicts > 0),
        Figure(f"a day closed by two devices, or closed and logged on, {2 * found.rounds} times:"
               " neither the one nor the other", f"{found.days_not_one_of_two}", "0",
               not found.days_not_one_of_two),
        Figure("... answers 5xx in all races, and wrong totals", f"{errors}, {found.wrong_days}",
               "0, 0", not errors and not found.wrong_days),
    ]  # fmt: skip


def run_strangers(run: Run) -> list[Figure]:
    """Every address for everybody else."""
    with own_database():
        owner, where = owner_with_secrets()
        found = strangers.walk(owner, where)
    show(found)
    wrong = len(found.seen) + len(found.found) + found.changed
    return [
        Figure(f"{found.sent:,} requests of others, with {len(strangers.SECRETS)} secrets about:"
               " leaks, entries found, changes", f"{wrong}", "0", not wrong),
        Figure("... answers 5xx", f"{len(found.server_errors)}", "0", not found.server_errors),
    ]  # fmt: skip


def owner_with_secrets() -> tuple[Any, dict[str, dict[str, Any]]]:
    """The person of a local diary with a secret in every text."""
    from tests.factories import PersonFactory

    owner = PersonFactory.create(email=None)
    return owner, strangers.plant_secrets(owner, datetime.now(UTC).date())


@contextmanager
def own_database() -> Iterator[None]:
    """A database in memory for requests inside this process."""
    databases = setup_databases(verbosity=0, interactive=False)
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        teardown_databases(databases, verbosity=0)


def fire(seed: int, shots: int) -> hostile.Hits:
    """One share of the hostile input, in a process of its own."""
    from tests.factories import PersonFactory

    setup_test_environment()
    with own_database():
        today = datetime.now(UTC).date()
        owner = PersonFactory.create(email=None)
        hostile.hostile_diary(owner, today)
        field = hostile.Range(owner, today)
        return field.fire(islice(field.shots(random.Random(seed)), shots))


def run_hostile(run: Run) -> list[Figure]:
    """Hostile input at every field and address."""
    share = run.sizes.shots // PROCESSES
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, initializer=django.setup) as pool:
        shares = pool.starmap(fire, [(seed, share) for seed in range(PROCESSES)])
    found = hostile.Hits()
    found.statuses = sum((one.statuses for one in shares), Counter())
    for one in shares:
        for name, value in vars(one).items():
            if isinstance(value, int | list) and not isinstance(value, Counter):
                setattr(found, name, getattr(found, name) + value)
        found.slowest_s = max(found.slowest_s, one.slowest_s)
    show(found)
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(found.statuses.items()))
    return [
        Figure(f"{found.sent:,} hostile requests: answers 5xx", f"{len(found.server_errors)}", "0",
               not found.server_errors),
        Figure(f"... texts neither stored as typed (of {found.words_stored:,}) nor kept on the"
               f" page with a reason (of {found.words_refused:,})",
               f"{len(found.lost_words) + len(found.unexplained)}", "0",
               not found.lost_words and not found.unexplained),
        Figure("... sent without a token and taken", f"{len(found.let_through)}", "0",
               not found.let_through),
        Figure("... slowest answer; answers by status", f"{found.slowest_s:.1f} s; {statuses}",
               "none", True),
    ]  # fmt: skip


def run_files(run: Run) -> list[Figure]:
    """Hostile diary files."""
    with run.server("files") as server:
        found = files.send_bombs(server, large=True)
    show(found)
    return [
        Figure(f"{found.files} hostile files: answers 5xx", f"{len(found.server_errors)}", "0",
               not found.server_errors),
        Figure("... longest", f"{found.slowest_s:.1f} s ({found.slowest})", "under 10 s",
               found.slowest_s < 10),
        Figure("... most memory over the server at rest",
               f"{found.most_mb - found.at_rest_mb:.0f} MB ({found.most})", "under 300 MB",
               found.faultless or found.most_mb - found.at_rest_mb < 300),
    ]  # fmt: skip


def run_answers(run: Run) -> list[Figure]:
    """Headers, cookies and the log."""
    with own_database():
        paths = [address for _name, address in strangers.paths(owner_with_secrets()[1])]
    plant = ",".join(filter(None, ("impatient", run.plant)))
    with serving(new_folder(run.parent, "answers"), plant) as server:
        found = answers.look_at_every_answer(server, paths)
    show(found)
    return [
        Figure(f"{found.looked_at:,} answers of the real server: broken rules of headers and"
               " cookies", f"{len(found.broken)}", "0", not found.broken),
        Figure("... answers 5xx", f"{len(found.server_errors)}", "0", not found.server_errors),
        Figure(f"{found.secrets_sent} secrets sent every way, {found.log_lines} lines of log:"
               " secrets in it", f"{len(found.secrets_logged)}", "0", not found.secrets_logged),
    ]  # fmt: skip


PARTS: dict[str, Callable[[Run], list[Figure]]] = {
    "writers": run_writers,
    "copies": run_copies,
    "damage": run_damage,
    "full": run_full,
    "races": run_races,
    "strangers": run_strangers,
    "hostile": run_hostile,
    "files": run_files,
    "answers": run_answers,
}
