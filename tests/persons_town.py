"""A small town in which much is held of one person: cases of every kind, an appeal, reports of hers and about her."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Flag, Reason, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Kind, Posted
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.statements import Outcome
from bot.store import StoreReader, appeals, open_database
from bot.store.care import met
from bot.store.keeping import keep
from bot.store.reports import file_all
from bot.store.statements import told
from bot.store.told import due
from tests.builders import NOW, decision, flag, kept, post, verdict

SHE = "900000000000000001"
HE = "900000000000000002"  # another member, who reports her and whom she mentions
MAJA, MOSES = "900000000000000003", "900000000000000004"  # moderators
UPHELD, DISMISSED, OPEN, NAME, HIS = 1, 2, 3, 4, 5  # numbers of cases
TEXTS = {
    UPHELD: f"hej <@{HE}> och <@{SHE}>, det här är blåbärspaj",
    DISMISSED: "det här är lingonsylt\u202e\u0301\u0301\u0301\u0301\u0301",
    OPEN: "det här är hjortronmos <script>alert(1)</script>",
    NAME: "Havtornsgelé",
}
SAID = "jag citerade bara nyponsoppan"
NOTE = "enligt Anna, som rapporterade"
HEARD = "hon skrev tranbärsdricka"  # what he says of her
TOLD = "han skrev krusbärskräm"  # what she says of him
DAYS = 180


def town(path: Path) -> Path:
    """The database, closed."""
    with closing(open_database(path)) as db:
        settle(db)
    return path


def settle(db: Database) -> None:
    """All of it happens."""
    mine = [flag(post(n, TEXTS[n], author=SHE)) for n in (UPHELD, DISMISSED, OPEN)]
    named = flag(post(NAME, TEXTS[NAME], author=SHE, kind=Kind.NAME))
    keep(db, kept(*mine, named, flag(post(HIS, "det här är fläderblom", author=HE, reply_to=mine[0].message.id))))
    _report(db, HE, mine[0].message, HEARD)
    _report(db, SHE, post(HIS, author=HE), TOLD)
    store = StoreReader(db)
    store.decide(decision(UPHELD, by=MAJA, motives=("misogyny",), measures=_measures(), note=NOTE))
    db.execute("UPDATE measures SET state = 'done', done_at = asked_at")
    store.decide(decision(DISMISSED, Step.DISMISS, by=MOSES))
    store.decide(decision(NAME, Step.DISMISS, by=MAJA))
    for notice in due(db, 0, 99):
        told(db, notice, NOW + timedelta(minutes=1))
    appeals.appeal(db, UPHELD, SHE, SAID, "sv", NOW + timedelta(hours=1), DAYS)
    appeals.judge(db, 1, MOSES, Outcome.REJECTED, "reglerna gäller alla", NOW + timedelta(hours=2))
    met(db, SHE, HIS, False, NOW.date())


def _report(db: Database, who: str, about: Posted, words: str) -> None:
    said = Complaint(Category.HATE, Hurt.ME, words)
    found = Flag(about, verdict(), (Reason("report", "hate"),), {}, NOW)
    file_all(db, [Report(Reporter(who), said, found, NOW)], Limits())


def _measures() -> tuple[Measure, ...]:
    return Measure(Act.WARN), Measure(Act.TIMEOUT, timedelta(days=1))
