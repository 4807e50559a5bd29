"""How do people hide words from a filter? The tricks that they really use, applied to any text alike.

Harmless texts are disguised as often as hateful ones, so that a disguise in itself says nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}
_TWINS = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "y": "у"}  # Cyrillic
_BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")
_ZERO = "\u200b\u200c\u200d\u2060\ufeff"


def disguised(text: str, dice: random.Random) -> str:
    """The text in one disguise, drawn at random."""
    return dice.choice(_WAYS)(text, dice)


def leet(text: str, dice: random.Random) -> str:
    """Some letters become digits and signs."""
    return "".join(dice.choice(_LEET[c.lower()]) if c.lower() in _LEET and dice.random() < 0.4 else c for c in text)


def twins(text: str, dice: random.Random) -> str:
    """Some letters become their Cyrillic twins."""
    return "".join(_TWINS[c] if c in _TWINS and dice.random() < 0.4 else c for c in text)


def bare(text: str, _: random.Random) -> str:
    """å, ä and ö lose their marks."""
    return text.translate(_BARE)


def invisible(text: str, dice: random.Random) -> str:
    """Characters that nobody sees between letters."""
    return "".join(c + dice.choice(_ZERO) if c.isalpha() and dice.random() < 0.3 else c for c in text)


def spaced(text: str, dice: random.Random) -> str:
    """One or two long words are spaced out or dotted."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    for i in dice.sample(long, min(len(long), 1 + (dice.random() < 0.4))):
        words[i] = dice.choice(" .-*_").join(words[i])
    return " ".join(words)


def stretched(text: str, dice: random.Random) -> str:
    """Some vowels are held."""
    return "".join(c * dice.randint(3, 6) if c in "aeiouyåäö" and dice.random() < 0.12 else c for c in text)


def slipped(text: str, dice: random.Random) -> str:
    """A few typing slips: a letter lost, doubled or swapped."""
    letters = list(text)
    for _ in range(1 + len(letters) // 30):
        i = dice.randrange(len(letters)) if letters else 0
        if i + 1 >= len(letters) or not letters[i].isalpha():
            continue
        kind = dice.random()
        if kind < 0.35:
            del letters[i]
        elif kind < 0.6:
            letters.insert(i, letters[i])
        else:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters)


def starred(text: str, dice: random.Random) -> str:
    """The vowel of one or two words becomes a star."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 3]
    for i in dice.sample(long, min(len(long), 1 + (dice.random() < 0.4))):
        places = [j for j, c in enumerate(words[i]) if c.lower() in "aeiouyåäö" and j > 0]
        if places:
            j = dice.choice(places)
            words[i] = words[i][:j] + "*" + words[i][j + 1 :]
    return " ".join(words)


def lowered(text: str, _: random.Random) -> str:
    """No capitals, no punctuation: how a phone is typed on."""
    return "".join(c for c in text.lower() if c not in ",.:;")


LONGEST_JOINED = 350  # characters: what one window holds


def joined(text: str, others: Sequence[str], dice: random.Random) -> str:
    """The text amid other talk, as in a long message: its place is drawn, and so is how sentences are parted."""
    parts = [text]
    for other in others:
        if sum(map(len, parts)) + len(other) < LONGEST_JOINED:
            parts.insert(dice.randint(0, len(parts)), other)
    return dice.choice((" ", " ", ". ", "\n", " … ")).join(parts)


_WAYS = (leet, twins, bare, bare, invisible, spaced, stretched, slipped, slipped, starred, lowered, lowered)
