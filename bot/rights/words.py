"""In which words does a document tell what stands in the data as a short key? Swedish, as one speaks to the person.

A label and a category are called as the bot calls them everywhere (locales); what only these documents say is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_percent

from bot.config import ZONE
from bot.core.erasure import Ground
from bot.core.retention import RecordClass
from bot.locales import speak

SWEDISH = "sv_SE"
label = speak("sv")

KINDS: Mapping[str, str] = {
    "message": "ett meddelande du skrev",
    "title": "en rubrik du skrev",
    "name": "ditt visningsnamn",
    "person": "något som rapporterades om dig",
    "elsewhere": "något som rapporterades om dig",
}
STEPS: Mapping[str, str] = {
    "uphold": "ansåg att det bröt mot reglerna (bifall)",
    "dismiss": "ansåg att det inte bröt mot reglerna (avskrivning)",
    "reopen": "öppnade ärendet på nytt",
    "unsure": "var osäker",
}
STATES: Mapping[str, str] = {
    "pending": "ingen människa har avgjort det än",
    "upheld": "bifallet: en människa har bedömt att det bröt mot reglerna",
    "dismissed": "avskrivet: en människa har bedömt att det inte bröt mot reglerna",
}
NEWS: Mapping[str, str] = {
    "statement": "beslutet med skäl",
    "granted": "att ditt överklagande bifölls",
    "rejected": "att ditt överklagande avslogs",
    "withdrawn": "att beslutet togs tillbaka",
    "upheld": "att moderatorerna höll med om att reglerna hade brutits",
    "dismissed": "att moderatorerna inte ansåg att reglerna hade brutits",
    "abusive": "att rapporten bedömdes vara missbruk",
}
OUTCOMES: Mapping[str | None, str] = {
    None: "det är inte avgjort än",
    "granted": "det bifölls",
    "rejected": "det avslogs",
    "overtaken": "det behövde inte prövas, för beslutet hade redan ändrats",
}
REACHED: Mapping[str, str] = {
    "due": "ska genomföras",
    "done": "genomfört",
    "void": "blev inte av",
    "undoing": "ska tas tillbaka",
    "undone": "taget tillbaka",
}
MOMENTS: Mapping[str, str] = {
    "posted": "Skrivet",
    "flagged": "Flaggat",
    "seen_by_a_human": "Först sett av en människa",
    "edited": "Ändrat av dig",
    "deleted": "Borttaget",
    "escalated": "Lämnat till ledningen",
    "acted_on": "Åtgärdat",
}
DONE: Mapping[str, str] = {
    "decisions": "Beslut du har fattat",
    "opinions": "Bedömningar du har gett kollegor",
    "escalations": "Ärenden du har lämnat till ledningen",
    "appeals": "Överklaganden du har avgjort",
    "abuse": "Rapporter du har bedömt vara missbruk",
    "unmaskings": "Gånger du har frågat vem som rapporterade",
    "thresholds": "Ändringar av trösklar du har föreslagit",
    "threshold-steps": "Ändringar av trösklar du har infört eller dragit tillbaka",
    "recalibrations": "Omkalibreringar du har gjort",
    "trials": "Prov av trösklar du har startat",
    "deeds": "Åtgärder med uppgifter (utlämnanden, radering och liknande) du har gjort",
}
CLASSES: Mapping[RecordClass, str] = {
    RecordClass.REPORTERS: "Vem som har rapporterat",
    RecordClass.UPHELD: "Texten i det som har bifallits",
    RecordClass.DISMISSED: "Texten i det som har avskrivits",
    RecordClass.PENDING: "Texten i det som ingen har avgjort",
    RecordClass.SAMPLES: "Stickprov som inte ledde till något",
    RecordClass.REPORTS: "Vad som står i rapporter",
    RecordClass.APPEALS: "Vad som står i överklaganden och svaren på dem",
    RecordClass.HISTORY: "Vem ett avgjort ärende handlar om, och anteckningar i det",
    RecordClass.MODERATORS: "Hur mycket en moderator har läst, pauser och inloggningar",
}
GROUNDS: Mapping[Ground, str] = {
    Ground.HOLD: "De bevaras på grund av rättsliga anspråk, till exempel en polisanmälan, och får inte raderas så "
    "länge de behövs för det (artikel 17.3 e).",
    Ground.REVIEW: "De är inte färdigprövade: en människa har ännu att avgöra ärendet eller ditt överklagande. "
    "Kommunen ska hålla uppsikt över det som skrivs (4 och 5 §§ lagen (1998:112) om ansvar för elektroniska "
    "anslagstavlor), och prövningen måste få avslutas först (artikel 17.3 b och e). Begär gärna radering igen när "
    "ärendet är avgjort.",
    Ground.ARCHIVE: "De är allmänna handlingar om beslut, och kommunen måste bevara dem tills de får gallras "
    "(artikel 17.3 b och d, 10 § arkivlagen (1990:782)).",
}


def act(measure: Mapping[str, object]) -> str:
    """A measure in a word or two; a time-out with its length."""
    seconds = measure["seconds"]
    if not isinstance(seconds, int):
        return label(f"did-{measure['act']}")
    length = format_timedelta(timedelta(seconds=seconds), threshold=1.5, locale=SWEDISH)
    return label(f"did-{measure['act']}", length=length)


def when(moment: str) -> str:
    """A moment by Swedish clocks, such as `26 januari 2026 kl. 09:00`."""
    return format_datetime(datetime.fromisoformat(moment), "d MMMM y 'kl.' HH:mm", tzinfo=ZONE, locale=SWEDISH)


def day(moment: str) -> str:
    """A day, such as `26 januari 2026`."""
    return format_date(datetime.fromisoformat(moment).astimezone(ZONE).date(), "d MMMM y", locale=SWEDISH)


def percent(value: float) -> str:
    """A probability, such as `97 %`."""
    return format_percent(value, locale=SWEDISH)
