"""Can everybody read the pictures: without colours, on a phone, in their language, whatever a channel is called?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

from bot import plots
from bot.core.errors import Refused
from bot.core.tuning import curves
from bot.core.tuning.curves import THRESHOLDS, Curve
from bot.core.tuning.evidence import PENDING, Evidence
from bot.plots import flags, precision, reliability, workload
from bot.plots.canvas import drawing
from bot.plots.picture import LONGEST_ALT, Form, Lines, Picture
from bot.plots.words import LONGEST_NAME, Words, shown
from tests.made_up_town import only, town

LINES = Lines(0.7, 0.8)
SV = Words("sv")
HOSTILE = "💬$\\frac{1}{0}$ <script>&\x00\x1b[31m\u202e\u2066moc.live\u0301\u0301\u0301 " + "W" * 300


def recall() -> Curve:
    """As an audit sample would tell it."""
    value = 1 - THRESHOLDS**1.5
    low, high = np.clip(value - 0.1, 0, 1), np.clip(value + 0.1, 0, 1)
    return Curve(THRESHOLDS, value, low, high, np.full(100, 200), np.zeros(100, np.bool_))


ALL: dict[str, Callable[..., Picture]] = {
    "precision": lambda evidence, language="sv", form=Form.SVG: plots.of_precision(
        evidence, "flag", LINES, language=language, form=form
    ),
    "recall": lambda evidence, language="sv", form=Form.SVG: plots.of_precision(
        evidence, "flag", LINES, language=language, form=form, recall=recall()
    ),
    "flags": lambda evidence, language="sv", form=Form.SVG: plots.of_flags(
        evidence, "flag", LINES, language=language, form=form, capacity=20
    ),
    "reliability": lambda evidence, language="sv", form=Form.SVG: plots.of_reliability(
        evidence, "flag", language=language, form=form
    ),
    "workload": lambda evidence, language="sv", form=Form.SVG: plots.of_workload(
        evidence, language=language, form=form
    ),
}
EVERY = pytest.mark.parametrize("kind", ALL)


@EVERY
def test_a_picture_is_as_large_as_a_phone_shows_it_twice_over_and_small_enough_to_send(kind: str) -> None:
    """1200 × 800 pixels, under a quarter of a megabyte in either format."""
    pixels, words = (ALL[kind](town(), form=form).drawn for form in Form)
    with Image.open(io.BytesIO(pixels)) as image:
        assert image.size == (1200, 800)
    assert len(pixels) < 250_000
    assert len(words) < 250_000


@EVERY
def test_the_same_evidence_gives_the_same_bytes_and_tells_nothing_of_who_drew_it(kind: str) -> None:
    """No date, no name of a tool, no path: two machines' pictures of the same figures are one picture."""
    first, pixels = ALL[kind](town()), ALL[kind](town(), form=Form.PNG)
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red"}):  # as a matplotlibrc of the machine would
        assert (ALL[kind](town()), ALL[kind](town(), form=Form.PNG)) == (first, pixels)
    with Image.open(io.BytesIO(pixels.drawn)) as image:
        assert set(image.info) <= {"dpi"}
    svg = first.drawn.decode().lower()
    assert not [
        word for word in ("matplotlib v", "matplotlib.org/", "<dc:date", "<dc:creator", "/home", "/work") if word in svg
    ]


def test_pictures_are_drawn_from_many_threads_at_once() -> None:
    """A server's commands come at once; nobody's picture takes on the look or the figures of another's."""
    alone = {kind: draw(town()).drawn for kind, draw in ALL.items()}
    with ThreadPoolExecutor(4) as threads:
        together = {kind: threads.submit(draw, town()) for kind, draw in ALL.items()}
    assert {kind: each.result().drawn for kind, each in together.items()} == alone


@EVERY
def test_the_words_in_an_svg_are_words_in_a_font_that_everybody_has(kind: str) -> None:
    """They can be read aloud, searched and translated."""
    picture = ALL[kind](town())
    texts = [
        text
        for each in ElementTree.fromstring(picture.drawn.decode()).iter()
        if each.tag.endswith("}text") and (text := each.text)
    ]
    assert any(text.startswith("alla kanaler · 31 jan.–1 mars 2026") for text in texts)
    fonts = set(re.findall(r"font-family: ([^;\"]+)", picture.drawn.decode())) | set(
        re.findall(r"font: [^;\"]*px ([^;\"]+)", picture.drawn.decode())
    )
    assert fonts
    assert all(font.endswith("sans-serif") for font in fonts)


def drawn() -> dict[str, Figure]:
    """The figures with all that can be in them."""
    evidence = town(audit=0.02)
    told, counted = curves.precision(evidence, "flag"), curves.flags(evidence, "flag", ())
    with drawing():
        return {
            "precision": precision.draw(evidence, "t", told, recall(), LINES, SV),
            "flags": flags.draw(evidence, "t", counted, LINES, 20, SV),
            "reliability": reliability.draw(evidence, "t", curves.reliability(evidence, "flag"), SV),
        }


def test_every_two_series_differ_in_dashes_or_markers() -> None:
    """In black and white, and to whoever sees no red, they are told apart all the same."""
    for name, figure in drawn().items():
        series = [each for each in figure.axes[0].get_lines() if each.get_linestyle() != "None"]
        assert len(series) >= 2
        for one, other in combinations(series, 2):
            assert _look(one) != _look(other), f"{name}: two series differ by colour alone"


def _look(series: Line2D) -> tuple[str, str, bool]:
    hollow = series.get_marker() not in ("None", None, "") and series.get_markerfacecolor() == "white"
    return str(series.get_linestyle()), str(series.get_marker()), hollow


def test_bands_and_bars_differ_in_hatching() -> None:
    """Two bands that overlap, and busy hours beside calm ones."""
    bands = drawn()["precision"].axes[0].collections
    assert len({band.get_hatch() for band in bands}) == len(bands) == 2
    evidence = town()
    with drawing():
        bars = workload.draw(evidence, "t", curves.by_hour(evidence), SV).axes[0].patches
    assert {bar.get_hatch() is None for bar in bars} == {True, False}


def test_no_name_lies_upon_another() -> None:
    """Also where both thresholds are nearly the same, or at the ends of the axis."""
    evidence = town(audit=0.02)
    told = curves.precision(evidence, "flag")
    for today, proposed in [(0.7, 0.7), (0.7, 0.71), (0.01, 0.99), (0.99, 0.01), (0.98, 0.99), (0.3, 0.5), (0.1, 0.12)]:
        with drawing():
            figure = precision.draw(evidence, "t", told, recall(), Lines(today, proposed), SV)
            figure.canvas.draw()  # type: ignore[no-untyped-call]  # untyped in matplotlib
            texts = [*figure.texts, *(each for each in figure.axes[0].texts)]
            boxes = [each.get_window_extent() for each in texts]
        for one, other in combinations(boxes, 2):
            assert not (one.shrunk(0.9, 0.7).overlaps(other.shrunk(0.9, 0.7))), (today, proposed)
        assert all(box.x0 >= 0 and box.x1 <= 1200 for box in boxes)


def test_figures_are_written_as_the_readers_language_writes_them() -> None:
    """A decimal comma and a space before the per cent sign in Swedish; neither in English."""
    swedish, english = ALL["precision"](town()), ALL["precision"](town(), "en")
    assert "i dag 0,70" in swedish.drawn.decode()
    assert re.search(r"vid dagens tröskel 0,70 bifalls 7\d % ", swedish.alt)
    assert "today 0.70" in english.drawn.decode()
    assert re.search(r"at today's threshold 0\.70, 7\d% of", english.alt)


@EVERY
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_words_beside_a_picture_are_one_sentence_that_a_platform_takes(kind: str, language: str) -> None:
    """At most 1024 characters, with figures in it, and every word found in the language's file."""
    alt = ALL[kind](town(), language).alt
    assert len(alt) <= LONGEST_ALT
    assert re.search(r"\d", alt)
    assert alt.endswith(".")
    assert not re.search(r"plot-|label-|\{", alt)


def test_the_rows_beside_a_picture_hold_both_lines_and_what_the_curve_says_there() -> None:
    """Whoever does not see the picture reads the same figures."""
    evidence = town()
    lines = Lines(0.7, 0.83)
    curve = curves.precision(evidence, "flag")
    at = curve.nearest(0.83)
    assert at is not None
    row = next(row for row in plots.of_precision(evidence, "flag", lines).rows if row.at == 0.83)
    assert (row.value, row.low, row.high, row.cases) == (
        curve.value[at],
        curve.low[at],
        curve.high[at],
        curve.cases[at],
    )
    told = {row.at: row.value for row in plots.of_flags(evidence, "flag", lines).rows}
    assert told[0.83] == curves.flags(evidence, "flag", ()).at(0.83)
    assert len(plots.of_workload(evidence).rows) == 24


@EVERY
def test_a_hostile_channel_name_is_only_a_name(kind: str) -> None:
    """No formula is set, no sign is missing in the font, no tag opens, and nothing is written backwards."""
    picture = ALL[kind](town(channels=("7", "8"), name=HOSTILE))
    ElementTree.fromstring(picture.drawn.decode())
    assert "<script" not in picture.drawn.decode()
    for text in (picture.drawn.decode(), picture.alt):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert "och 1 till" in picture.alt
    assert "W" * LONGEST_NAME not in picture.alt


@pytest.mark.parametrize("name", ["", "\u202e\u200b", "#", "   "])
def test_a_channel_without_a_visible_name_is_still_a_channel(name: str) -> None:
    """An empty name would read as if all channels were meant."""
    assert "en kanal" in ALL["workload"](town(channels=("7",), name=name)).alt


def test_a_long_line_is_made_to_fit_the_sheet() -> None:
    """Names of wide letters do not run out of the picture."""
    with drawing():
        figure = flags.draw(
            town(channels=("7", "8"), name="W" * 50), "M" * 45, curves.flags(town(), "flag", ()), LINES, 20, SV
        )
        assert all(text.get_window_extent().x1 <= 1200 for text in figure.texts)
    assert len(shown("W" * 50)) == LONGEST_NAME


def test_recall_is_said_to_be_unknown_where_nothing_was_audited() -> None:
    """A curve that is missing is not taken for nothing missed."""
    without, with_it = ALL["precision"](town()), ALL["recall"](town())
    assert "okänt utan stickprov" in without.alt
    assert "okänt utan stickprov" in without.drawn.decode()
    assert "okänt" not in with_it.alt
    assert "täckning" in with_it.drawn.decode()
    assert {row.of for row in with_it.rows} == {"precision", "recall"}


def test_five_cases_give_no_confident_answer() -> None:
    """An interval and a plain word, and no single figure that somebody would quote."""
    picture = plots.of_precision(only(town(), 5), "flag", LINES)
    assert re.search(r"bifalls kanske \d+–100 % av det som flaggas \(bara [345] avgjorda fall\)", picture.alt)
    assert re.search(r"Bara [345] avgjorda fall", picture.drawn.decode())


def _undecided() -> Evidence:
    evidence = town()
    return replace(evidence, cases=replace(evidence.cases, state=np.full_like(evidence.cases.state, PENDING)))


def _empty() -> Evidence:
    evidence = only(town(), 0)
    return replace(evidence, read=evidence.read * 0, below=evidence.below * 0, by_hour=evidence.by_hour * 0, days=0)


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda: ALL["precision"](_undecided()), "Avgör några flaggor först"),
        (lambda: ALL["reliability"](_undecided()), "Avgör några flaggor först"),
        (lambda: plots.of_precision(town(), "women", LINES), "avgör inte om något är mot kvinnor"),
        (lambda: plots.of_reliability(town(), "women"), "avgör inte om något är mot kvinnor"),
        (lambda: ALL["flags"](_empty()), "Inga meddelanden är lästa"),
        (lambda: ALL["workload"](_empty()), "Inga meddelanden är lästa"),
        (lambda: ALL["workload"](_empty(), "en"), "No messages were read"),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused_with_what_to_do(draw: Callable[[], Picture], sentence: str) -> None:
    """One sentence in the reader's language, and no empty picture."""
    with pytest.raises(Refused, match=sentence):
        draw()


def test_a_quiet_town_has_a_picture_of_its_quiet() -> None:
    """Messages were read and nothing had to be seen by a human: that is an answer, and no error."""
    evidence = only(town(live=1.1), 0)
    quiet = replace(evidence, by_hour=evidence.by_hour * 0)
    assert "ingenting behövde läsas" in ALL["workload"](quiet).alt
    assert "0,80 blir det 1,4 per dygn" in ALL["flags"](quiet).alt
