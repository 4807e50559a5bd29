"""Which Swedish word was meant? Words by how common they are, and the guesses that they allow.

A guess is made only where what stands there is no word and exactly the change in question makes it one: a star
becomes a vowel, bare letters get their marks back, digits become letters, a slip of the finger is undone.
`classifier.train.words` counts the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import product
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "words.txt"
VOWELS = "aeiouyåäö"
_BARE = str.maketrans("åäöéü", "aaoeu")
PLAINLY = 50  # how much further down the list a word stands than the one it is mistaken for
_NEVER = 1 << 30


class Lexicon:
    """Words in lower case, the commonest first; read when the first guess is asked for."""

    def __init__(self, path: Path = WORDS) -> None:
        self._path = path

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {word: rank for rank, word in enumerate(self._path.read_text("utf-8").split())}

    @cached_property
    def _marked(self) -> dict[str, str]:
        """For each word written bare, the commonest word with marks that it can stand for."""
        found: dict[str, str] = {}
        for word in self._rank:
            bare = word.translate(_BARE)
            if bare != word:
                found.setdefault(bare, word)
        return found

    def __contains__(self, word: str) -> bool:
        return word in self._rank

    def unknown(self, words: Iterable[str]) -> list[str]:
        """Those of some words that are none."""
        rank = self._rank
        return [word for word in words if word not in rank]

    def marked(self, word: str) -> str | None:
        """The word with å, ä, ö that `word` stands for if its writer uses none; None if it is commoner as it is."""
        found = self._marked.get(word)
        return found if found is not None and self._rank[found] < self._rank.get(word, _NEVER) else None

    def plainly(self, word: str) -> bool:
        """Whether `word` makes hardly any sense but as another one without its marks (pa, ar, fran)."""
        found = self._marked.get(word)
        return found is not None and self._rank.get(word, _NEVER) > PLAINLY * (self._rank[found] + 10)

    def completed(self, pattern: str) -> str | None:
        """The commonest word that the vowels behind one or two `*` can make; None if there is none."""
        if not 1 <= pattern.count("*") <= 2:
            return None
        parts = pattern.split("*")
        guesses = (
            "".join(a + b for a, b in zip(parts, (*vowels, ""), strict=True))
            for vowels in product(VOWELS, repeat=len(parts) - 1)
        )
        return self.commonest(guesses)

    def commonest(self, guesses: Iterable[str]) -> str | None:
        """The commonest word among some guesses; None if none of them is one."""
        return min((guess for guess in guesses if guess in self._rank), key=self._rank.__getitem__, default=None)


LEXICON = Lexicon()  # one for all who guess: it is large
