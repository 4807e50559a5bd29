"""What if a secret stands in a message of our own or of a library's? The last line of defence: it is struck out there.

No code writes a secret on purpose. But an exception may quote what it was given, and a library may log it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

STRUCK = "[secret]"
SHORTEST = 8  # characters: what is shorter is no token, and would strike out ordinary words
# Secret age keys and SSH keys, and Discord's tokens.
_KNOWN = (
    r"AGE-SECRET-KEY-[A-Z0-9-]+",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}",
)


class Discreet(logging.Formatter):
    """Writes lines as another formatter does, without secrets, in messages and tracebacks alike."""

    def __init__(self, inner: logging.Formatter, strike: Callable[[str], str]) -> None:
        super().__init__()
        self._inner = inner
        self._strike = strike

    def format(self, record: logging.LogRecord) -> str:
        return self._strike(self._inner.format(record))


def keep_secrets(*secrets: str) -> None:
    """From now on neither a log nor the traceback of a mistake of ours shows these, or what looks like a secret."""
    strike = striking(*secrets)
    for handler in logging.getLogger().handlers:
        inner = handler.formatter or logging.Formatter()
        handler.setFormatter(Discreet(inner._inner if isinstance(inner, Discreet) else inner, strike))
    sys.excepthook = _hook(strike)


def striking(*secrets: str) -> Callable[[str], str]:
    """What strikes these out of a text, and what looks like a secret."""
    given = [re.escape(each) for each in secrets if len(each) >= SHORTEST]
    pattern = re.compile("|".join((*given, *_KNOWN)))
    return lambda text: pattern.sub(STRUCK, text)


def _hook(
    strike: Callable[[str], str],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(strike("".join(traceback.format_exception(kind, problem, trace))))

    return hook
