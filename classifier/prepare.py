"""How is a text made readable for the model, in training and in service alike?

People hide words behind look-alike letters, invisible characters, s p a c e s and l3etspeak. What can
be undone without harming ordinary text is undone here, and every character of the result remembers
where it came from, so that a span can be shown in the text as it was written.

Time and size are bounded: work is linear in the text, and the text is cut at MAX_CHARS.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from classifier.lexicon import LEXICON
from classifier.slips import WORD, mended, slips

# Far above anything Discord can carry (4,000 characters and bounded text files).
MAX_CHARS = 100_000

# Text of these characters alone needs no look at single characters.
_PLAIN = re.compile(r"[\n -~åäöÅÄÖéÉüÜ–’”…]*")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}|([^\w\s])\2{3,}|(\s)\s+")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?P<gap>[ .\-_*·|/])(?:[^\W_](?P=gap)){2,60}[^\W_](?![^\W_])")
_MENTION = re.compile(r"<@[!&]?\d{1,25}>|<#\d{1,25}>|<t:-?\d{1,20}(?::\w)?>")
_CUSTOM_EMOJI = re.compile(r"<a?:(\w{2,32}):\d{1,25}>")
_LINK = re.compile(r"https?://\S{1,2000}|\bwww\.\S{1,2000}")

_LETTERLIKE = frozenset("0134578@$!|€*")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The readable text, and for each of its characters the range of the given text it stands for.

    `starts` and `ends` have the length of `text`, or are None where every character stands for itself.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Where characters start:end (end > start) of the prepared text lie in the text as given."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def prepare(text: str) -> Prepared:
    """Make a text readable. Never raises; the result may be empty."""
    prepared = _readable(text[:MAX_CHARS])
    meant = slips(prepared.text)
    return _substitute(prepared, WORD, partial(mended, meant=meant)) if meant else prepared


def fold(text: str) -> str:
    """The readable text in one case: what watch lists and duplicate checks compare.

    Slips are left: a listed word may be one that no lexicon knows, and must not be read as another.
    """
    return _readable(text[:MAX_CHARS]).text.casefold().strip()


def _readable(text: str) -> Prepared:
    prepared = Prepared(text) if _PLAIN.fullmatch(text) else _by_character(text)
    for pattern, replace in _STEPS:
        if pattern.search(prepared.text):
            prepared = _substitute(prepared, pattern, replace)
    return _relettered(prepared, _remarked(_unleeted(prepared.text)))


def _by_character(text: str) -> Prepared:
    """NFKC by cluster: invisible characters go, stacked marks go, look-alikes become Latin."""
    pieces: list[str] = []
    starts, ends = array("l"), array("l")

    def keep(piece: str, start: int, end: int) -> None:
        for character in piece:
            pieces.append(character)
            starts.append(start)
            ends.append(end)

    for start, end in _clusters(text):
        if len(pieces) >= MAX_CHARS:  # one character can stand for eighteen
            break
        base = text[start]
        if base in "\n\t":
            keep(base, start, end)
        elif unicodedata.category(base) not in _INVISIBLE:
            mark = text[start + 1] if end - start > 1 else ""
            piece = unicodedata.normalize("NFKC", base + mark)
            keep("".join(c for c in piece if not unicodedata.combining(c)), start, end)
    return Prepared("".join(_latinised("".join(pieces))), starts, ends)


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me"})


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    """Ranges of a character with the combining marks that follow it."""
    start = 0
    for here in range(1, len(text) + 1):
        if here == len(text) or unicodedata.category(text[here]) not in ("Mn", "Me"):
            yield start, here
            start = here


@lru_cache(maxsize=4096)
def _look_alike(character: str) -> str:
    """The Latin letter a character is mistaken for, or the character itself (Unicode TR 39)."""
    if ord(character) < 0x250 or not character.isalpha():
        return character
    if character in _BY_HAND:
        return _BY_HAND[character]
    from confusable_homoglyphs import confusables  # late: its tables are large, and most texts need none

    found = confusables.is_confusable(character, greedy=False, preferred_aliases=["latin"])
    for entry in found or ():
        for option in entry["homoglyphs"]:
            if len(option["c"]) == 1 and option["c"].isalpha() and ord(option["c"]) < 0x250:
                return str(option["c"])
    return character


# Look-alikes that people use and TR 39 does not list as such.
_BY_HAND = {"к": "k", "т": "t", "в": "b", "н": "h", "м": "m", "К": "K", "Т": "T", "В": "B", "Н": "H", "М": "M",
            "α": "a", "ο": "o", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "τ": "t", "υ": "u", "η": "n", "ρ": "p",
            "ё": "e", "и": "u", "п": "n", "г": "r"}  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")


def _latinised(text: str) -> str:
    """Look-alikes become Latin in words that mix scripts, and in words of look-alikes amid Latin ones.

    A word that is plainly Greek or Cyrillic (a letter in it has no Latin twin, no Latin letter is in it)
    stays: people's names and languages are not an attack.
    """
    if all(ord(c) < 0x250 for c in text):
        return text
    mostly_latin = sum(c.isalpha() and ord(c) < 0x250 for c in text) * 2 >= sum(c.isalpha() for c in text)

    def word(match: re.Match[str]) -> str:
        letters = match[0]
        if all(ord(c) < 0x250 for c in letters):
            return letters
        mapped = "".join(map(_look_alike, letters))
        mixed = any(ord(c) < 0x250 for c in letters)
        hidden = mostly_latin and all(ord(c) < 0x250 for c in mapped)
        return mapped if mixed or hidden else letters

    return _WORD.sub(word, text)  # one letter for one letter: offsets stay


Part = tuple[str, int, int]  # a piece of text, and the range of the match that it stands for


def _shorten(match: re.Match[str]) -> list[Part]:
    """Runs: three or more of a letter become one, four or more of a sign three, white space one."""
    size = len(match[0])
    if match[1]:
        return [(match[1], 0, size)]
    if match[2]:
        return [(match[2], 0, 1), (match[2], 1, 2), (match[2], 2, size)]
    return [("\n" if "\n" in match[0] else " ", 0, size)]


def _join(match: re.Match[str]) -> list[Part]:
    """`s p a c e d` letters are joined."""
    return [(c, i, i + 1) for i, c in enumerate(match[0]) if i % 2 == 0]


_LEET = str.maketrans("0134578@$!|€", "oieastbasiie")
_LEET_WORD = re.compile(r"[^\s\"'(),.:;?]{2,40}")
_AMID = re.compile(r"[^\W\d_][0134578@$!|€*]+[^\W\d_]")
_ENDED = re.compile(r"[^\W\d_]{1,3}\d+$")


def _unleeted(text: str) -> str:
    """Digits, signs and stars inside words become the letters they stand for, letter for letter.

    One word is read so if that makes a word of what is none. Where two words of a message or more hide letters,
    whoever wrote it means all of it so: short words and strange words are read too. Otherwise numbers with a unit or
    an ending (30km, 4an, covid19), mail addresses and shouted signs (hej!) are left alone.
    """
    if not any(c in text for c in _LETTERLIKE):
        return text
    often = sum(1 for _ in _AMID.finditer(text)) > 1

    def word(match: re.Match[str]) -> str:
        found = match[0]
        core = found.rstrip("!|*")
        letters = sum(map(str.isalpha, core))
        signs = sum(c in _LETTERLIKE for c in core)
        mail = "@" in found[1:] and text[match.end() : match.end() + 1] == "." and not often
        if not letters or core.isdecimal() or mail or found[0] == "*" or (not signs and core == found):
            return found
        if core.lower() not in LEXICON:
            whole = _read(found)
            if whole.lower() in LEXICON and (often or (letters > 2 and not _ENDED.match(core))):
                return whole
            if not signs:
                return found
            read = _read(core)
            if read.lower() in LEXICON and (often or (letters > 1 and not _ENDED.match(core))):
                return read + found[len(core) :]
        if signs <= letters and letters > 2 and _AMID.search(core) and not core[:2].isdecimal() and "*" not in core:
            kept = core if often else core.rstrip("0123456789")
            return kept.translate(_LEET) + found[len(kept) :]
        return found

    return _LEET_WORD.sub(word, text)


def _read(word: str) -> str:
    """The word behind digits, signs and stars; itself where no word is behind its stars."""
    read = word.translate(_LEET)
    if "*" not in read:
        return read
    guess = LEXICON.completed(read.lower())
    return read if guess is None else guess.upper() if word.isupper() else read[0] + guess[1:]


_MARKS = re.compile(r"[åäöÅÄÖ]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _remarked(text: str) -> str:
    """Somebody who writes no å, ä, ö at all gets them back, where that makes words of what are none.

    One such word is given back alone; after two, words that mean something with and without (far, for) follow.
    """
    if _MARKS.search(text):
        return text
    written = set(_LETTERS.findall(text))
    words = {word.lower() for word in written}
    small = words if text.isupper() else written & words  # a capital may be a name's
    strange = {word for word in words if word not in LEXICON}
    evident = {word for word in small if LEXICON.plainly(word)}
    if len(words) < 2 or len(evident) < len(strange - evident) or (not evident & strange and len(evident) < 2):
        return text  # a name, or another language
    chosen = words if len(evident) > 1 else evident

    def word(match: re.Match[str]) -> str:
        found = match[0]
        marked = LEXICON.marked(found.lower()) if found.lower() in chosen else None
        if marked is None or len(marked) != len(found):
            return found
        return "".join(m.upper() if f.isupper() else m for f, m in zip(found, marked, strict=True))

    return _LETTERS.sub(word, text)


def _relettered(prepared: Prepared, text: str) -> Prepared:
    """The same places under other letters."""
    return prepared if text == prepared.text else Prepared(text, prepared.starts, prepared.ends)


_STEPS = (
    (_LINK, lambda match: [("[länk]", 0, len(match[0]))]),
    (_MENTION, lambda match: [("[namn]", 0, len(match[0]))]),
    (_CUSTOM_EMOJI, lambda match: [(match[1], 0, len(match[0]))]),
    (_LONG_RUN, _shorten),
    (_SPACED, _join),
)


def _substitute(prepared: Prepared, pattern: re.Pattern[str], replace: object) -> Prepared:
    """Replace what a pattern finds; `replace` gives the parts that a match becomes."""
    text = prepared.text
    identity = range(len(text))
    old_starts = identity if prepared.starts is None else prepared.starts
    old_ends = range(1, len(text) + 1) if prepared.ends is None else prepared.ends
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    here = 0
    for match in pattern.finditer(text):
        pieces.append(text[here : match.start()])
        starts.extend(old_starts[here : match.start()])
        ends.extend(old_ends[here : match.start()])
        for piece, first, last in replace(match):  # type: ignore[operator]  # one of the steps above
            pieces.append(piece)
            if len(piece) == last - first:
                starts.extend(old_starts[match.start() + first : match.start() + last])
                ends.extend(old_ends[match.start() + first : match.start() + last])
            else:
                starts.extend([old_starts[match.start() + first]] * len(piece))
                ends.extend([old_ends[match.start() + last - 1]] * len(piece))
        here = match.end()
    pieces.append(text[here:])
    starts.extend(old_starts[here:])
    ends.extend(old_ends[here:])
    return Prepared("".join(pieces), starts, ends)
