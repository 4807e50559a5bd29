"""Which words does Swedish have, and which are common? Counted in the texts that training may read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from classifier.lexicon import WORDS
from classifier.train import corpus
from classifier.whole import whole

LEAST = 5  # texts of the unlabelled sources that a word must stand in …
LEAST_TALK = 3  # … or of forum posts and our own messages
_WORD = re.compile(r"[a-zåäöéü]{2,}")


def common_words(data: Path, own: list[Path]) -> list[str]:
    """The words, in how many texts they stand; talk counts five times, since chat is what will be read."""
    written: Counter[str] = Counter()
    talked: Counter[str] = Counter()
    for source in corpus.SOURCES:
        for line in corpus.unlabelled(data, source):
            written.update(set(_WORD.findall(line.lower())))
    for text in corpus.forum_unlabelled(data):
        talked.update(set(_WORD.findall(text.lower())))
    for example in corpus.messages(own, "train"):
        talked.update(set(_WORD.findall(example.text.lower())))
    kept = {w for w, n in written.items() if n >= LEAST} | {w for w, n in talked.items() if n >= LEAST_TALK}
    return sorted(kept, key=lambda word: (-written[word] - 5 * talked[word], word))


def write_words(data: Path, own: list[Path], path: Path = WORDS) -> int:
    """Write what the lexicon knows, whole or not at all; how many words."""
    words = common_words(data, own)
    with whole(path) as part:
        part.write_text("\n".join(words) + "\n", "utf-8")
    return len(words)
