"""How does a case read on the cover? Its message as it was written, and what people did with it, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.chain import Value
from bot.core.dossier import CaseRows, Row
from bot.core.messages import moment_of_revision
from bot.dossier.reading import moment
from bot.locales import Speak
from bot.paper.document import Block, Heading, Paragraph, Quote, Table

LONGEST, MOST_ROWS = 6_000, 200  # characters and lines of a text on the cover; messages.json has all of it
_MOMENTS = ("posted_at", "edit", "flagged_at", "seen_at", "edited_at", "withdrawn_at", "acted_at")


def summary(case: CaseRows, say: Speak) -> Sequence[str]:
    """A case as a row of the table of cases."""
    flag = case.flag()
    return (
        str(case.number),
        moment(flag["posted_at"]),
        _channel(flag["channel"]),
        str(flag["author_id"]) or say("dossier-unknown"),
        say(f"state-{case.state}"),
    )


def blocks_of(case: CaseRows, say: Speak) -> Iterator[Block]:
    """A case with its own heading."""
    yield Heading(say("dossier-case", case=str(case.number)))
    if not case.asked:
        yield Paragraph(say("dossier-revision"))
    columns = [say("dossier-column-what"), say("dossier-column-is")]
    yield Table(say("dossier-message"), columns, list(_message(case, say)), (2, 5))
    yield Heading(say("dossier-text"), 3)
    yield from _text(str(case.flag()["text"]), say)
    done = sorted(_happenings(case, say), key=lambda each: datetime.fromisoformat(each[0]))
    if done:
        head = [say("dossier-column-" + name) for name in ("when", "done", "by", "words")]
        rows = [(moment(at), *words) for at, words in done]
        yield Table(say("dossier-done"), head, rows, (3, 4, 3, 5))
    else:
        yield Paragraph(say("dossier-undecided"))


def _message(case: CaseRows, say: Speak) -> Iterator[tuple[str, str]]:
    flag = case.flag()
    yield say("dossier-kind"), say(f"web-kind-{flag['kind']}")
    named = (("message_id", "dossier-message-id"), ("author_id", "dossier-author"), ("guild_id", "dossier-server"),
             ("channel_id", "dossier-channel-id"), ("reply_to", "dossier-reply"))  # fmt: skip
    for column, key in named:
        if flag[column]:
            yield say(key), str(flag[column])
    yield say("dossier-column-channel"), _channel(flag["channel"])
    yield from _moments(case, say)
    yield say("dossier-found"), _reasons(flag["reasons"], say)
    if case.reports:
        yield say("dossier-reports"), say("dossier-reported", count=len(case.reports), first=moment(case.reports[0]))
    for file in case.files:
        yield say("dossier-file"), say("dossier-file-is", name=file.name, size=file.size, sha256=file.sha256 or "–")


def _moments(case: CaseRows, say: Speak) -> Iterator[tuple[str, str]]:
    known: dict[str, Value] = {**case.flag()}
    for row in case.of("course"):
        known.update(row.facts)
    revision = known["revision"]
    if known["kind"] == "message" and isinstance(revision, int) and revision:
        known["edit"] = moment_of_revision(revision).isoformat()
    for name in _MOMENTS:
        if known.get(name):
            yield say("dossier-at-" + name.replace("_", "-")), moment(known[name])


def _reasons(written: Value, say: Speak) -> str:
    found = []
    for reason in json.loads(str(written)):
        label = reason["label"]
        if reason["rule"] == "threshold":
            label = say(f"label-{label}")
        elif reason["rule"] == "report":
            label = say(f"category-{label}")
        found.append(say("dossier-reason", rule=reason["rule"], label=label))
    return "; ".join(found)


def _text(text: str, say: Speak) -> Iterator[Block]:
    rows = text.splitlines()[:MOST_ROWS]
    shown = "\n".join(rows)[:LONGEST]
    yield Quote(shown)
    if len(shown) < len("\n".join(text.splitlines())):
        yield Paragraph(say("dossier-cut"))


def _happenings(case: CaseRows, say: Speak) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """When, what, by whom, in which words."""
    for row in case.of("decision"):
        yield str(row.facts["decided_at"]), (_decided(row, say), str(row.facts["by"]), str(row.words["note"] or ""))
    for row in case.of("measure"):
        at = row.facts["undone_at"] or row.facts["done_at"] or row.facts["asked_at"]
        state = say(f"web-record-measure-{row.facts['state']}")
        yield str(at), (f"{say('act-' + str(row.facts['act']))}: {state}", "", "")
    for row in case.of("notice"):
        if row.facts["told_at"]:
            yield str(row.facts["told_at"]), (say("dossier-told-" + str(row.facts["news"])), "", "")
    for row in case.of("appeal"):
        yield (
            str(row.facts["made_at"]),
            (say("dossier-appeal"), say("dossier-the-author"), str(row.words["words"] or "")),
        )
    for row in case.of("ruling"):
        words = str(row.words["answer"] or "")
        outcome = say("dossier-outcome-" + str(row.facts["outcome"]))
        yield str(row.facts["decided_at"]), (outcome, str(row.facts["by"]), words)


def _decided(row: Row, say: Speak) -> str:
    step = say("dossier-step-" + str(row.facts["step"]))
    motives = [say(f"label-{motive}") for motive in json.loads(str(row.facts["motives"]))]
    return f"{step} ({', '.join(motives)})" if motives else step


def _channel(name: Value) -> str:
    return f"#{name}" if name and not str(name).startswith("#") else str(name or "")
