"""Can the model read this language? Only a long text in plainly another one is said to be unread.

Language identification is unsure for short messages, and a wrong guess must never let hate pass unread or flood
the queue: below MIN_LETTERS nothing is claimed but for scripts that the model never saw.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from classifier.verdict import UNDETERMINED

MIN_LETTERS = 60
READ = frozenset({"sv", "en", "da", "no", "nb", "nn", UNDETERMINED})
# What is spoken in Swedish municipalities; a shorter list errs less than all 97 languages.
CANDIDATES = ("sv", "en", "da", "no", "nb", "nn", "fi", "de", "fr", "es", "pl", "tr", "so", "sq", "bs", "hr", "sr",
              "ro", "nl", "it", "pt", "et", "lt", "lv", "hu", "ar", "fa", "ku", "ru", "uk", "am", "th", "zh", "el",
              "he", "ur")  # fmt: skip
_SCRIPTS = ((0x0370, 0x03FF, "el"), (0x0400, 0x052F, "ru"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"),
            (0x0E00, 0x0E7F, "th"), (0x1200, 0x137F, "am"), (0x4E00, 0x9FFF, "zh"))  # fmt: skip


def language(text: str) -> tuple[str, bool]:
    """The BCP 47 code of a prepared text (`und` if too short to tell), and whether it is unread."""
    if text.isascii() and len(text) < MIN_LETTERS:
        return UNDETERMINED, False
    letters = sum(map(str.isalpha, text))
    foreign = sum(ord(c) >= 0x370 for c in text if c.isalpha()) if not text.isascii() else 0
    if letters >= 8 and foreign * 2 > letters:
        return _script(text), True
    if letters < MIN_LETTERS:
        return UNDETERMINED, False
    code, sure = _identifier().classify(text[:600])
    if sure < 0.9:
        return UNDETERMINED, False
    return str(code), str(code) not in READ and sure > 0.999


def _script(text: str) -> str:
    for first, last, code in _SCRIPTS:
        if any(first <= ord(c) <= last for c in text):
            return code
    return UNDETERMINED


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in CANDIDATES if code in set(identifier.labels)])
    identifier._full_model = None  # the other languages' columns: 28 MB that nobody reads
    return identifier
