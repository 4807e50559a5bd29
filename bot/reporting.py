"""What happens when somebody reports something? Read by the classifier, saved with its case, all that waits at once.

Many report the same thing in the same minute. Whatever waits is one batch: read together, saved in one transaction, so
that the thousandth waits hardly longer than the first. A report is answered when it is saved, never before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.flags import Flag, Reason
from bot.core.messages import Kind, Posted
from bot.core.policy import Policy, assess
from bot.core.ports import Classifier, Clock, ReportStore
from bot.core.reports import Complaint, Limits, Mine, Receipt, Report, Reporter, Unheard
from bot.marking import Marking
from classifier.verdict import MOTIVES, TARGETS, Verdict

log = logging.getLogger(__name__)

AT_ONCE = 256  # reports in one batch
LISTED = 15  # of a person's own

Result = Receipt | Unheard


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    reporter: Reporter
    complaint: Complaint
    post: Posted
    answer: asyncio.Future[Result]


class Reporting:
    """Takes reports, and knows what became of them."""

    def __init__(
        self,
        store: ReportStore,
        classifier: Classifier,
        policy: Callable[[], Policy],
        clock: Clock,
        limits: Limits,
        on_saved: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_saved` is called when cases were made, or should show more than they did."""
        self._store = store
        self._classifier = classifier
        self._policy = policy
        self._clock = clock
        self._limits = limits
        self._on_saved = on_saved
        self.marking = Marking(store, clock, on_saved)
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reports")

    @property
    def limits(self) -> Limits:
        return self._limits

    def now(self) -> datetime:
        return self._clock.now()

    async def report(self, reporter: Reporter, complaint: Complaint, post: Posted) -> Result:
        """Save a report: its receipt, or why it was not taken. StoreError where it cannot be saved."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(reporter, complaint, post, answer))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._work_off(), name="reports")
        return await answer

    async def mine(self, who: str) -> Sequence[Mine]:
        """A person's own reports, the latest first."""
        return await self._store.mine(who, LISTED)

    async def shown_mine(self, who: str) -> None:
        """A person has read what became of them."""
        await self._store.shown_mine(who, self._clock.now())

    async def _work_off(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            try:
                results = await self._saved(batch)
            except BaseException as problem:
                for each in batch:
                    if not each.answer.done():
                        each.answer.set_exception(problem)
                if not isinstance(problem, Exception):
                    raise
                continue
            for each, result in zip(batch, results, strict=True):
                if not each.answer.done():
                    each.answer.set_result(result)
            self._on_saved()

    async def _saved(self, batch: Sequence[_Waiting]) -> Sequence[Result]:
        loop = asyncio.get_running_loop()
        now = self._clock.now()
        posts = {id(each.post): each.post for each in batch}
        flags = await loop.run_in_executor(
            self._thread, _read, self._classifier, list(posts.values()), now, self._policy()
        )
        made = dict(zip(posts, flags, strict=True))
        reports = [
            Report(each.reporter, each.complaint, _because(made[id(each.post)], each.complaint), now) for each in batch
        ]
        return await self._store.file(reports, self._limits)


def _read(classifier: Classifier, posts: Sequence[Posted], now: datetime, policy: Policy) -> list[Flag]:
    """On a thread of its own: each as the flag that it would be; without a reason where there is none.

    Only what is flagged by itself has words that speak for it: to look for them costs more than reading.
    """
    texts = list(dict.fromkeys(post.text for post in posts if post.kind is Kind.MESSAGE))
    verdicts = classifier.read(texts) if texts else []
    read = dict(zip(texts, verdicts, strict=True))
    flags = [_flag(post, read.get(post.text, UNREAD), now, policy) for post in posts]
    found = [flag for flag in flags if flag.reasons]
    explained = classifier.explain([flag.message.text for flag in found], [flag.verdict for flag in found])
    words = {id(flag): verdict for flag, verdict in zip(found, explained, strict=True)}
    return [replace(flag, verdict=words.get(id(flag), flag.verdict)) for flag in flags]


def _flag(post: Posted, verdict: Verdict, now: datetime, policy: Policy) -> Flag:
    if post.kind is not Kind.MESSAGE:
        return Flag(post, UNREAD, (), {}, now)
    found = assess(post, verdict, policy, now)
    return found or Flag(post, verdict, (), dict(policy.limits(post.channel)), now)


def _because(flag: Flag, complaint: Complaint) -> Flag:
    return replace(flag, reasons=(*flag.reasons, Reason("report", str(complaint.category))))


# What nobody has written in a message is not the model's to read.
UNREAD = Verdict(0.0, 0.0, dict.fromkeys(MOTIVES, 0.0), dict.fromkeys(TARGETS, 0.0), "", "")
