"""Which word was meant where a finger slipped? One letter lost, doubled or swapped, undone where that makes a word.

Only words that no text knows are read anew, and only as a word that one slip makes of them: the three commonest slips
of typing (Damerau 1964), without letters mistaken for others, because too many words lie one letter apart. Names (a
capital within a text) are left alone, and so are texts in English or with too many strange words: there nothing is
known of what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from classifier.lexicon import LEXICON
from classifier.slur_list import SlurList

WORD = re.compile(r"[^\W\d_]+")
SHORTEST, LONGEST = 4, 20  # letters of a word that is read anew
STRANGE = 0.4  # share of unknown words from which on a text is another language's, or nobody's
SLURS = SlurList()
_NEXT_CAPITAL = re.compile(r"\W{0,3}[A-ZÅÄÖÉ]")
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_SWEDISH = frozenset({
    "och", "är", "att", "det", "som", "jag", "inte", "på", "en", "ett", "i", "ni", "vi", "de", "den", "har", "med",
    "för", "till", "av", "om", "man", "du", "ska", "så",
})  # fmt: skip
_ENGLISH = frozenset({
    "the", "you", "they", "them", "is", "are", "of", "and", "to", "with", "it", "we", "he", "she", "that", "this", "my",
    "your", "not", "have", "be", "for",
})  # fmt: skip


def slips(text: str) -> dict[str, str]:
    """The words of a text that are none, in small letters, and what each was meant to be; those that can be told."""
    words = WORD.findall(text.lower())
    strange = LEXICON.unknown(words)
    if not strange or (len(strange) > 2 and len(strange) > STRANGE * len(words)):
        return {}
    if sum(word in _SWEDISH for word in words) < sum(word in _ENGLISH for word in words):
        return {}
    guesses = {word: _meant(word) for word in set(strange) if SHORTEST <= len(word) <= LONGEST}
    return {word: meant for word, meant in guesses.items() if meant is not None}


def mended(match: re.Match[str], meant: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """The word that was meant, for the place of what stands there; itself where it is known, or a name."""
    found = match[0]
    word = meant.get(found.lower())
    name = found[0].isupper() and not found.isupper() and not _begins(match)
    if word is None or name:
        return [(found, 0, len(found))]
    written = word.upper() if found.isupper() else word.capitalize() if found[0].isupper() else word
    return [(written, 0, len(found))]


def _begins(match: re.Match[str]) -> bool:
    """Whether the word begins a sentence, where a capital says nothing; but before another one it is a name's."""
    before = match.string[max(0, match.start() - 10) : match.start()].rstrip(" \"'”»-–")
    return (not before or before[-1] in ".!?…\n:") and not _NEXT_CAPITAL.match(match.string, match.end())


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    """The commonest word whose slip it can be; None for a slur, which is in no lexicon and was meant."""
    return None if word in SLURS else LEXICON.commonest(_one_slip_from(word))


def _one_slip_from(word: str) -> Iterator[str]:
    """The words whose slip this can be."""
    for i in range(len(word) - 1):
        if word[i] == word[i + 1]:
            yield word[:i] + word[i + 1 :]  # doubled
        else:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]  # swapped
    for i in range(len(word) + 1):
        for letter in LETTERS:
            yield word[:i] + letter + word[i:]  # lost
