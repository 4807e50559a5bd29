"""Which parts are measured, and which figure of theirs has which goal? A part runs in a process of its own.

So memory and start are its own. Ratios are taken within one run, since machines differ and are noisy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.bench import panel as pages
from tests.bench.backing_up import backing_up
from tests.bench.clicks import busy, slow_disk, slow_model
from tests.bench.crowd import crowd
from tests.bench.erasing import BUSY, GOING, PEOPLE, erasing
from tests.bench.guarantees import guarantees
from tests.bench.queue import FEW, MANY, queue
from tests.bench.reading import bert, ours
from tests.bench.ready import ready
from tests.bench.record import record
from tests.bench.reports import reports
from tests.bench.simulating import MANY as MANY_SCORED
from tests.bench.simulating import simulate
from tests.bench.whole import end_to_end

Figures = Mapping[str, Mapping[str, float]]

PARTS: Mapping[str, Callable[[], dict[str, float]]] = {
    "bert": bert,
    "ours": ours,
    "end_to_end": end_to_end,
    "ready": ready,
    "clicks": busy,
    "clicks_slow_model": slow_model,
    "clicks_slow_disk": slow_disk,
    "crowd": crowd,
    "queue": queue,
    "simulate": simulate,
    "reports": reports,
    "guarantees": guarantees,
    "panel": pages.panel,
    "record": record,
    "erasing": erasing,
    "backing-up": backing_up,
}
CLICKS = {
    "clicks": "click to acknowledgement, model kept busy",
    "clicks_slow_model": "the same, each batch 0.5 s slower",
    "clicks_slow_disk": "the same, each store call 0.2–0.5 s slower",
}


@dataclass(frozen=True)
class Row:
    """A figure, what it is compared with, and its goal: `least` or `most`, of the ratio where there is one."""

    name: str
    mine: float
    other: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def judged(self) -> float:
        return self.mine if self.other is None else self.mine / self.other

    @property
    def is_reached(self) -> bool | None:
        """None where it is for information."""
        if self.least is not None:
            return self.judged >= self.least
        return None if self.most is None else self.judged <= self.most

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        goal = f"≥ {self.least:g}" if self.least is not None else "" if self.most is None else f"≤ {self.most:g}"
        against = ("", "") if self.other is None else (f"{self.other:.2f}", f"{self.judged:.2f}")
        reached = {None: "", True: "yes", False: "NO"}[self.is_reached]
        return self.name, f"{self.mine:.2f}", *against, goal, reached


def rows(found: Figures) -> list[Row]:
    """The table of the parts that were measured."""
    return [row for part, drawn in _ROWS.items() if part in found for row in drawn(found)]


def _reading(found: Figures) -> list[Row]:
    own, rival = found["ours"], found.get("bert", {})
    return [
        Row("messages per second, against the pipeline", own["per_second"], rival.get("per_second"), least=50),
        Row("latency of one message, ms", own["latency_ms"], rival.get("latency_ms"), most=0.1),
        Row("peak memory, MiB", own["peak_mb"], rival.get("peak_mb"), most=0.5),
    ]


def _whole(found: Figures) -> list[Row]:
    whole = found["end_to_end"]
    return [
        Row("end to end per second, against bare", whole["per_second"], whole["bare_per_second"], least=0.5),
        Row("event-loop delay under full load, p99 ms", whole["loop_p99_ms"], most=20),
    ]


def _clicks(part: str) -> Callable[[Figures], list[Row]]:
    def drawn(found: Figures) -> list[Row]:
        it, name = found[part], CLICKS[part]
        return [
            Row(f"{name}: p50, ms", it["p50_ms"]),
            Row(f"{name}: p99, ms", it["p99_ms"], most=300),
            Row(f"{name}: worst, ms", it["worst_ms"]),
            Row("  messages read per second meanwhile", it["messages_per_second"]),
            Row("  how late the loopback itself woke meanwhile: p99, ms", it["own_p99_ms"]),
            Row("  messages that waited at any time, at least", it["least_waiting"], least=256),
            Row(f"  of {it['clicks']:.0f} clicks not acknowledged within 3 s", it["unheard"], most=0),
        ]

    return drawn


def _crowd(found: Figures) -> list[Row]:
    it = found["crowd"]
    return [
        Row(f"50 moderators, {it['cards']:.0f} cards: flags decided twice", it["double"], most=0),
        Row("  decisions lost", it["lost"], most=0),
        Row("  cards that do not show their decision", it["left_behind"], most=0),
        Row("  presses that lost a race without being told", it["untold"], most=0),
        Row("  rate limits broken", it["limits_broken"], most=0),
        Row("  decisions per second", it["decided_per_second"]),
        Row("  until all cards are updated, s", it["updated_s"]),
        Row("  click to acknowledgement: p99, ms", it["p99_ms"], most=300),
    ]


def _queue(found: Figures) -> list[Row]:
    it = found["queue"]
    return [
        Row(
            f"/{name}, {MANY:,} open flags against {FEW}, ms",
            it[f"{name}_{MANY}_ms"],
            it[f"{name}_{FEW}_ms"],
            most=most,
        )
        for name, most in {"queue": 2.0, "case": None, "stats": None}.items()
    ]


def _simulate(found: Figures) -> list[Row]:
    it = found["simulate"]
    of = f"{MANY_SCORED[0]:,} scored messages and {MANY_SCORED[1]:,} decisions"
    return [
        Row(f"simulate over {of}, the whole command, s", it["many_command_s"], most=3),
        Row("  against a hundredth of that", it["many_command_s"], it["few_command_s"], most=3),
        Row("  the same within a process, s", it["many_warm_s"], most=3),
        Row("  against a hundredth of that", it["many_warm_s"], it["few_warm_s"], most=3),
    ]


def _reports(found: Figures) -> list[Row]:
    it = found["reports"]
    return [
        Row(f"1,000 members, {it['reports']:.0f} reports: receipts of reports that are lost", it["lost"], most=0),
        Row("  reports that are kept, of those", it["kept"] / it["reports"], least=1, most=1),
        Row("  messages whose reports stand in two cases", it["split"], most=0),
        Row("  most reports of one member in an hour, of ten", it["most_of_one"], most=10),
        Row("  reports beyond the limit that were taken", it["over_the_limit"], most=0),
        Row("  presses that were not acknowledged within 3 s", it["late"] + it["unheard"], most=0),
        Row("  press to acknowledgement: p99, ms", it["p99_ms"], most=3_000),
        Row("  form sent in to receipt: p99, ms", it["receipt_p99_ms"], most=3_000),
        Row("  reports per second", it["per_second"]),
    ]


def _guarantees(found: Figures) -> list[Row]:
    it = found["guarantees"]
    promises = [
        row
        for target in ("80", "90", "95")
        for row in (
            Row(f"{it['towns']:.0f} towns, recall of {target} % promised at 95 %: kept, %", 100 * it[f"kept_{target}"],
                least=95),
            Row("  of those with an answer, %", 100 * it[f"kept_of_told_{target}"], least=93),
            Row("  towns with an answer, %", 100 * it[f"told_{target}"]),
        )
    ]  # fmt: skip
    return [
        *promises,
        Row("recall's 95 % interval holds the truth, % of towns", 100 * it["interval"], least=93),
        Row("  where two or more audited misses are expected", 100 * it["interval_enough"], least=93),
        Row("  where fewer are", 100 * it["interval_few"]),
    ]


def _panel(found: Figures) -> list[Row]:
    it, many = found["panel"], pages.MANY
    named = {name: f"panel, {name}" for name in (*pages.PAGES, *pages.FORMS)}
    return [
        *(
            Row(f"{row}: {many:,} flags against {pages.FEW:,}, p95 ms", it[f"{name} many ms"], it[f"{name} few ms"],
                most=2)
            for name, row in named.items()
        ),
        *(Row(f"{named[name]}: KB in all", it[f"{name} KB"], most=100) for name in pages.PAGES),
        *(Row("60 masked cases by keys, s", it["hand_s"], most=300) for _ in ("hand_s",) if "hand_s" in it),
    ]  # fmt: skip


def _record(found: Figures) -> list[Row]:
    it = found["record"]
    return [
        Row("the record's verification against reading and SHA-256 of its 1,000,000 entries, s", it["verify_s"],
            it["plain_s"], most=10),
        Row("a flag's commit with the record against without, ms", it["commit_with_ms"], it["commit_without_ms"],
            most=1.05),
        Row(f"of {it['tamperings']:,.0f} random tamperings, those not found", it["tamperings"] - it["found"], most=0),
    ]  # fmt: skip


def _erasing(found: Figures) -> list[Row]:
    it = found["erasing"]
    return [
        Row(f"{GOING:,} of {PEOPLE:,} people erased: ids, words and names of theirs left in any file", it["left"],
            most=0),
        Row("  of theirs that could not be found before, so that nothing is shown", it["not_there_before"], most=0),
        Row("  of everybody else's that are lost", it["lost"], most=0),
        Row("  findings of the record's verification", it["findings"], most=0),
        Row(f"  one person (every {BUSY}th with all there can be), s", it["seconds_each"]),
        Row(f"  the bytes, of {it['megabytes']:.0f} MB, s", it["seconds_scrub"]),
    ]  # fmt: skip


def _backing_up(found: Figures) -> list[Row]:
    it = found["backing-up"]
    return [
        Row(f"a backup of {it['megabytes']:,.0f} MB under load, s", it["seconds"]),
        *(
            Row(f"  {name}, ms; against none, the worse of before and after", it[f"{what}_beside{end}"],
                max(it[f"{what}_before{end}"], it[f"{what}_after{end}"]))
            for what, title in {"commit": "a commit", "loop": "the event loop"}.items()
            for end, name in {"": f"{title}: longest stall", "_999": f"{title}: 99.9 %"}.items()
        ),
        Row("  what it adds to the longest stall of a commit, ms",
            it["commit_beside"] - max(it["commit_before"], it["commit_after"]), most=50),
    ]  # fmt: skip


_ROWS: Mapping[str, Callable[[Figures], list[Row]]] = {
    "ours": _reading,
    "end_to_end": _whole,
    "ready": lambda found: [Row("start to ready, s", found["ready"]["seconds"], most=5)],
    **{part: _clicks(part) for part in CLICKS},
    "crowd": _crowd,
    "queue": _queue,
    "simulate": _simulate,
    "reports": _reports,
    "guarantees": _guarantees,
    "panel": _panel,
    "record": _record,
    "erasing": _erasing,
    "backing-up": _backing_up,
}
