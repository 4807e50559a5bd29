"""Whatever is changed in a package is found and said where, and nothing that a stranger sends can break the check."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import evidencing
from bot.core.chain import Head, link, seal
from bot.dossier.checking import Checked, checked
from bot.dossier.contents import CHAIN, COVER_HTML, COVER_PDF, DECISIONS, FILES, MESSAGES, RECORD
from bot.dossier.packing import MANIFEST, SIGNATURE, packed
from bot.keys.signing import Signer, fingerprint
from tests.handed_cases import AT, DECIDED, EDITED, WITHDRAWN, town

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of three cases."""
    folder = tmp_path_factory.mktemp("evidence")
    out = folder / "evidence.zip"
    order = evidencing.Order((DECIDED, EDITED, WITHDRAWN), out, "Karin", "K-1")
    evidencing.make(town(folder / "uppsikt.db"), order, AT)
    return out


@pytest.fixture(scope="module")
def package(file: Path) -> bytes:
    """What was written."""
    return file.read_bytes()


def files_of(package: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrong(package: bytes) -> list[str]:
    return [finding.key for finding in checked(package).wrong]


def forged(files: Mapping[str, bytes], **other: bytes) -> bytes:
    """The files signed anew by somebody who has a key of his own and all the care in the world."""
    signer = Signer(bytes(32))
    held = {**files, **other}
    manifest = json.loads(held[MANIFEST])
    manifest["public"], manifest["fingerprint"] = signer.public.hex(), fingerprint(signer.public)
    for name in FILES:
        manifest["files"][name] = {"bytes": len(held[name]), "sha256": evidencing.sha256(held[name]).hexdigest()}
    written = json.dumps(manifest, indent=1).encode()
    return packed({**held, MANIFEST: written, SIGNATURE: signer.sign(written)}, AT)


def edited(files: Files, name: str, change: Callable[[Any], object]) -> bytes:
    """A file of JSON with something changed in it."""
    said = json.loads(files[name])
    change(said)
    return json.dumps(said, indent=1).encode()


def test_a_package_is_whole_as_it_was_written(package: bytes) -> None:
    """Nothing is found in it, and it says who signed."""
    found = checked(package)
    assert found.findings == ()
    assert found.manifest is not None
    assert found.manifest.cases == (DECIDED, EDITED, WITHDRAWN)
    assert found.fingerprint == fingerprint(found.manifest.public)


def test_any_changed_byte_is_found(package: bytes) -> None:
    """Of 1,000 random flips of one bit, none goes unseen."""
    dice = random.Random(8)
    for _ in range(1_000):
        place, bit = dice.randrange(len(package)), 1 << dice.randrange(8)
        torn = bytearray(package)
        torn[place] ^= bit
        assert wrong(bytes(torn)), f"bit {bit} of byte {place} was changed unseen"


def test_any_changed_byte_of_the_wrapping_is_found(package: bytes) -> None:
    """Each byte that belongs to no file: names, times, rights, lengths, comments."""
    content = set()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for entry in archive.infolist():
            start = entry.header_offset + 30 + len(entry.filename)
            content |= set(range(start, start + entry.file_size))
    for place in set(range(len(package))) - content:
        torn = bytearray(package)
        torn[place] ^= 1 << place % 8
        assert wrong(bytes(torn)), f"byte {place} was changed unseen"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_named(package: bytes, name: str) -> None:
    """One more space in any file, and the file is named."""
    files = files_of(package)
    found = checked(packed({**files, name: files[name] + b" "}, AT))
    assert ("file-changed", name) in [(each.key, each.slots.get("name")) for each in found.wrong]


@pytest.mark.parametrize("name", [*FILES, MANIFEST, SIGNATURE])
def test_a_removed_file_is_named(package: bytes, name: str) -> None:
    """Whichever file is gone, it is missed by name."""
    files = files_of(package)
    del files[name]
    found = checked(packed(files, AT))
    assert ("file-missing", name) in [(each.key, each.slots.get("name")) for each in found.wrong]


@pytest.mark.parametrize(
    "name", ["extra.txt", "../../etc/cron.d/x", "/abs", "C:\\x", "cover.html/", "messages.json\x00", "a" * 9999]
)
def test_an_added_file_is_named_and_nowhere_written(package: bytes, name: str, tmp_path: Path) -> None:
    """Whatever it is called: nothing of a package is ever unpacked."""
    with zipfile.ZipFile(into := io.BytesIO(package), "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"hej")
    assert wrong(into.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(package: bytes) -> None:
    """One for the program and one for the reader's eyes is the oldest of tricks."""
    with zipfile.ZipFile(into := io.BytesIO(package), "a") as archive:
        archive.writestr(MESSAGES, b"{}")
    assert "file-twice" in wrong(into.getvalue())


def test_a_changed_manifest_or_swapped_signature_is_no_signature(package: bytes) -> None:
    """Another reason, another package's signature, one that is cut: none is by the key."""
    files = files_of(package)
    reason = edited(files, MANIFEST, lambda said: said.update(reason="annat"))
    for other in ({MANIFEST: reason}, {SIGNATURE: bytes(64)}, {SIGNATURE: files[SIGNATURE][:63]}, {SIGNATURE: b""}):
        assert wrong(packed({**files, **other}, AT)) == ["unsigned"]


def test_a_package_signed_by_another_is_told_by_its_key(package: bytes) -> None:
    """Who signs a package anew cannot sign the record's head, and the key is not the one that was demanded."""
    files = files_of(package)
    mine = checked(package).fingerprint
    assert wrong(forged(files)) == ["another-head"]
    assert "another-key" in [each.key for each in checked(forged(files), mine).wrong]
    assert checked(package, mine.upper().replace(" ", ":")).wrong == ()
    assert [each.key for each in checked(package, "abcd").wrong] == ["another-key"]


def _text(said: Any) -> None:
    said["cases"][0]["flag"]["text"] = "något helt annat"


def _author(said: Any) -> None:
    said["cases"][0]["flag"]["author_id"] = "556"


def _outcome(said: Any) -> None:
    said["cases"][0]["decision"][0]["step"] = "dismiss"


def _no_decision(said: Any) -> None:
    del said["cases"][0]["decision"][0]


def _more_decisions(said: Any) -> None:
    said["cases"][0]["decision"].append({**said["cases"][0]["decision"][0], "id": 77})


def _one_field_more(said: Any) -> None:
    said["cases"][0]["flag"]["nationality"] = "x"


def _no_course(said: Any) -> None:
    said["cases"][0]["course"] = None


def _no_case(said: Any) -> None:
    del said["cases"][0]


def _other_head(said: Any) -> None:
    said["head"]["seq"] += 1


CHANGES = [
    (MESSAGES, _text, "words-changed"), (MESSAGES, _author, "facts-changed"), (DECISIONS, _outcome, "facts-changed"),
    (DECISIONS, _no_decision, "row-removed"), (DECISIONS, _more_decisions, "row-unproven"),
    (MESSAGES, _one_field_more, "row-columns"), (MESSAGES, _no_course, "row-removed"),
    (MESSAGES, _no_case, "row-removed"), (RECORD, _other_head, "head-unsigned"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "key"), CHANGES, ids=[each[1].__name__ for each in CHANGES])
def test_what_the_record_does_not_bear_out_is_found_even_if_all_is_signed_anew(
    package: bytes, name: str, change: Callable[[Any], None], key: str
) -> None:
    """A row that was changed, added or removed does not fit its seal, whoever signs the package, and the case is
    named."""
    files = files_of(package)
    found = checked(forged(files, **{name: edited(files, name, change)}))
    assert key in [each.key for each in found.wrong]
    if key in ("words-changed", "facts-changed", "row-unproven", "row-columns"):
        assert next(each for each in found.wrong if each.key == key).slots["case"] == DECIDED


def _lines(files: Files) -> list[list[Any]]:
    return [json.loads(line) for line in files[CHAIN].splitlines()]


def _chain(lines: list[list[Any]]) -> bytes:
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def test_a_chain_that_was_touched_does_not_hold(package: bytes) -> None:
    """Removed, moved, changed, cut at its end: each is found."""
    files = files_of(package)
    lines = _lines(files)
    later = [*lines[:3], [*lines[3][:3], "2020-01-01T00:00:00.000+00:00", *lines[3][4:]], *lines[4:]]
    for changed, key in (
        (lines[:3] + lines[4:], "chain-order"),
        ([*lines[:3], lines[4], lines[3], *lines[5:]], "chain-order"),
        (later, "chain-broken"),
        (lines[:-1], "chain-end"),
        (lines[1:], "chain-broken"),
        ([], "chain-end"),
    ):
        assert key in wrong(forged(files, **{CHAIN: _chain(changed)}))


def test_a_row_forged_with_its_whole_chain_lacks_the_signature_over_its_end(package: bytes) -> None:
    """Seal, digests and head all made anew: only who has the database's key could sign the head."""
    files = files_of(package)
    record, lines = json.loads(files[RECORD]), _lines(files)
    messages = json.loads(files[MESSAGES])
    messages["cases"][0]["flag"]["text"] = "något helt annat"
    flag = messages["cases"][0]["flag"]
    proof = next(each for each in record["proofs"] if (each["kind"], each["id"]) == ("flag", DECIDED))
    values = [flag[name] for name in record["columns"]["flag"]["words"]]
    at = proof["seq"] - lines[0][0]
    lines[at][5] = seal(bytes.fromhex(proof["words_key"]), values).hex()
    before = bytes.fromhex(record["before"])
    for line in lines:
        words = None if line[5] is None else bytes.fromhex(line[5])
        before = link(before, line[0], line[1], line[2], line[3], bytes.fromhex(line[4]), words)
        line[6] = before.hex()
    record["head"]["digest"] = before.hex()
    held = {MESSAGES: json.dumps(messages).encode(), RECORD: json.dumps(record).encode(), CHAIN: _chain(lines)}
    assert wrong(forged(files, **held)) == ["another-head", "head-unsigned"]


def test_an_older_state_of_a_row_is_no_proof(package: bytes) -> None:
    """A row whose proof is not its newest entry says what is no longer so."""
    files = files_of(package)

    def older(said: Any) -> None:
        proof = next(each for each in said["proofs"] if each["kind"] == "course")
        proof["seq"] -= 1

    assert "row-elsewhere" in wrong(forged(files, **{RECORD: edited(files, RECORD, older)}))


def _bomb() -> bytes:
    with zipfile.ZipFile(into := io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(MANIFEST, bytes(200_000_000))
    return into.getvalue()


NO_PACKAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"inget paket",
    "truncated": lambda package: package[: len(package) // 2],
    "without its beginning": lambda package: package[1000:],
    "an empty archive": lambda _: packed({}, AT),
    "a bomb": lambda _: _bomb(),
    "something before": lambda package: b"MZ" + package,
    "something behind": lambda package: package + b"\x00",
    "twice": lambda package: package + package,
}


@pytest.mark.parametrize("name", NO_PACKAGES)
def test_what_is_no_package_is_said_to_be_none(package: bytes, name: str) -> None:
    """Torn, padded, swollen or something else: a finding, never a crash."""
    assert wrong(NO_PACKAGES[name](package))


HOSTILE = (
    b"", b"[]", b"null", b"{}", b'{"format": 1}', b"[" * 100_000, b"\xff\xfe",
    b'{"format":"uppsikt evidence 1"}', b'{"format":"uppsikt evidence 1","cases":[1]}', b"1" * 10_000, b"NaN",
)  # fmt: skip


@pytest.mark.parametrize("name", [MESSAGES, DECISIONS, RECORD, CHAIN, MANIFEST])
@pytest.mark.parametrize("held", HOSTILE, ids=range(len(HOSTILE)))
def test_a_file_of_another_form_is_said_to_be_that(package: bytes, name: str, held: bytes) -> None:
    """Whatever stands in a file, even one that is signed, it is at most unreadable."""
    files = files_of(package)
    changed = packed({**files, MANIFEST: held}, AT) if name == MANIFEST else forged(files, **{name: held})
    assert wrong(changed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def _places(said: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """The way to each value within some JSON."""
    if path:
        yield path
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for place, value in inner:
        yield from _places(value, *path, place)


@settings(max_examples=150)
@given(number=st.integers(0, 10**6), name=st.sampled_from([MESSAGES, DECISIONS, RECORD, MANIFEST]), value=JSON)
def test_no_value_anywhere_breaks_the_check(file: Path, number: int, name: str, value: object) -> None:
    """Any value in place of any other, in any file of JSON: a finding or none, never a crash."""
    files = files_of(file.read_bytes())
    inner = said = json.loads(files[name])
    places = list(_places(said))
    *way, last = places[number % len(places)]
    for step in way:
        inner = inner[step]
    inner[last] = value
    held = json.dumps(said).encode()
    changed = packed({**files, MANIFEST: held}, AT) if name == MANIFEST else forged(files, **{name: held})
    assert isinstance(checked(changed), Checked)


def test_a_head_is_written_as_the_record_writes_it(package: bytes) -> None:
    """What the package says of the head is what was signed, letter by letter."""
    said = json.loads(files_of(package)[RECORD])["head"]
    assert Head(said["seq"], bytes.fromhex(said["digest"]), said["at"]).written().startswith(b"uppsikt record head 1\n")
    assert {COVER_HTML, COVER_PDF} < set(FILES)
