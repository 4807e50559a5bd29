"""What keeps others out of the panel: headers, hosts, tokens, sizes, methods, and what an error may say."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.roles import Rank
from bot.signing_in import form_token
from bot.web.guards import COOKIE, HEADERS, LONGEST_BODY, POLICY, is_ours
from bot.web.static import address
from tests.web.panel_cases import HOSTILE
from tests.web.panel_harness import Panel, served, token_in

ANSWERS = {  # a path to every kind of answer, and its status
    "/": 303,
    "/in/fel": 200,
    "/finns-inte": 404,
    address("desk.css"): 200,
    "/static/000000000000/finns.css": 404,
}


# Headers.


@pytest.mark.parametrize("path", ANSWERS)
async def test_every_answer_carries_the_headers_that_keep_it_to_itself(panel: Panel, path: str) -> None:
    """Pages, refusals, redirects and our own files alike; and none of them tells which server it is."""
    async with panel.signed_out().get(path, allow_redirects=False) as answer:
        assert answer.status == ANSWERS[path]
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_in_no_script_of_anybody_elses_and_none_that_stands_in_a_page() -> None:
    """No inline script, no eval, no other source, no frame around, no form to elsewhere."""
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert all(source in ("'self'", "'none'") for rule in POLICY.split("; ") for source in rule.split()[1:])


@pytest.mark.parametrize("path", [path for path in ANSWERS if not path.startswith("/static")])
async def test_no_page_is_kept_by_anybody(panel: Panel, path: str) -> None:
    """Neither a browser nor what lies between keeps what may hold a message."""
    client = await panel.sign_in()
    async with client.get(path, allow_redirects=False) as answer:
        assert answer.headers["Cache-Control"] == "no-store"


async def test_our_own_files_are_kept_under_an_address_that_changes_with_them(panel: Panel) -> None:
    """Style and script are asked for once."""
    async with panel.signed_out().get(address("desk.css")) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


# Hosts.


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1:1", "127.0.0.1", "127.0.0.1.elsewhere.example", "x@y"]
)
@pytest.mark.parametrize("path", ["/in/fel", "/queue", "/finns-inte"])
async def test_a_page_elsewhere_cannot_reach_the_panel_by_a_name_of_its_own(panel: Panel, host: str, path: str) -> None:
    """A Host that is not ours is refused on every path (DNS rebinding)."""
    client = await panel.sign_in(Rank.ADMIN)
    async with client.get(path, headers={"Host": host}) as answer:
        assert answer.status == 421


@pytest.mark.parametrize(
    ("host", "address", "port", "ours"),
    [
        ("127.0.0.1:8017", "", 8017, True),
        ("LOCALHOST:8017", "", 8017, True),
        ("[::1]:8017", "", 8017, True),
        ("127.0.0.1", "", 80, True),
        ("panel.almkoping.se", "https://Panel.Almkoping.se/", 8017, True),
        ("panel.almkoping.se:443", "https://panel.almkoping.se", 8017, True),
        ("almköping.se".encode("idna").decode(), "https://almköping.se", 8017, True),
        ("panel.almkoping.se", "https://panel.almkoping.se:8443", 8017, False),
        ("panel.almkoping.se:80", "https://panel.almkoping.se", 8017, False),
        ("panel.almkoping.se.elsewhere.example", "https://panel.almkoping.se", 8017, False),
        ("", "", 8017, False),
        ("", "https://panel.almkoping.se", 8017, False),
    ],
)
def test_ours_is_this_machine_and_what_the_configuration_names(host: str, address: str, port: int, ours: bool) -> None:
    """As browsers write it: in small letters, ASCII, without the port that goes without saying."""
    assert is_ours(host, address, port) is ours


# Forms.


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
async def test_a_form_on_a_page_elsewhere_does_nothing(panel: Panel, headers: dict[str, str]) -> None:
    """Neither with the right token nor at the way in, where it would sign somebody in as somebody else."""
    client = await panel.sign_in()
    secret = _cookie(client)
    async with client.post("/out", data={"token": form_token(secret)}, headers=headers) as answer:
        assert answer.status == 403
    link = await panel.link(who="99")
    async with panel.signed_out().post(link, headers=headers) as answer:
        assert answer.status == 403
    assert await panel.desk.signing_in.visitor(secret) is not None
    async with panel.signed_out().post(link, allow_redirects=False) as answer:
        assert answer.status == 303, "the link was used up by somebody else's page"


async def test_the_form_of_a_page_is_taken(panel: Panel) -> None:
    """The token that a page carries is the right one, sent as browsers send it."""
    client = await panel.sign_in()
    async with client.get("/finns-inte") as page:
        token = token_in(await page.text())
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    async with client.post("/out", data={"token": token}, headers=headers) as answer:
        assert answer.status == 200
        assert "Du har loggat ut." in await answer.text()
    async with client.get("/finns-inte") as page:
        assert 'action="/out"' not in await page.text()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--b\r\n\r\n"),
        ("application/x-www-form-urlencoded; charset=klingon", b"token=a"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"token=\xff\xfe"),
        ("application/json", b'{"token": "a"}'),
        ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="token"; filename="x"\r\n\r\n'
         b"x\r\n--a--\r\n"),
    ],
)  # fmt: skip
async def test_a_broken_form_is_refused_and_no_mistake_of_ours(panel: Panel, kind: str, body: bytes) -> None:
    """Whatever somebody sends as a form, the answer is theirs to mend."""
    client = await panel.sign_in()
    async with client.post("/out", data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status in (400, 403)


async def test_what_is_too_long_is_refused_in_a_clear_sentence(panel: Panel) -> None:
    """A body over the limit is not read to its end."""
    client = await panel.sign_in()
    data = {"token": form_token(_cookie(client)), "note": "å" * LONGEST_BODY}
    async with client.post("/out", data=data) as answer:
        assert answer.status == 413
        assert "för långt" in await answer.text()


# Methods, paths and ids.


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/out", "/in/fel", "/finns-inte"])
async def test_other_methods_do_nothing(panel: Panel, method: str, path: str) -> None:
    """They are answered by a page of ours, behind the same headers, and tell no cross-origin page anything."""
    client = await panel.sign_in()
    async with client.request(method, path, allow_redirects=False) as answer:
        assert answer.status in (404, 405)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "path",
    [
        "/static/000000000000/..%2f..%2fpages.py",
        "/static/000000000000/%2e%2e/pages.py",
        "/static/../templates/base.html",
        "/static/000000000000/....",
        "/static/000000000000/.",
        "/static/000000000000/desk.css%00.svg",
        "/in/%0d%0aSet-Cookie:%20x=y",
        "/in/" + "a" * 101,
        "/in/<script>",
        "//elsewhere.example/",
    ],
)
async def test_no_path_leads_out_of_what_is_ours(panel: Panel, path: str) -> None:
    """Whatever is written into an address, it is no page, and comes back in none."""
    host, port = panel.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    assert answer.split()[1] in ("400", "404")
    assert "Set-Cookie" not in answer
    assert "Location" not in answer
    assert "<script>" not in answer
    assert "jinja" not in answer


# What goes wrong.


async def test_a_busy_database_is_told_and_nothing_is_done(panel_db: Path) -> None:
    """Somebody else writes for too long: 503, one sentence, and the session is as it was."""
    async with served(panel_db) as panel:
        client = await panel.sign_in()
        await panel.store.do(lambda db: db.execute("PRAGMA busy_timeout = 1"))
        with closing(sqlite3.connect(panel_db, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            async with client.post("/out", data={"token": form_token(_cookie(client))}) as answer:
                assert answer.status == 503
                assert "Ingenting har ändrats" in await answer.text()
            other.execute("ROLLBACK")
        assert await panel.desk.signing_in.visitor(_cookie(client)) is not None


async def test_a_mistake_of_ours_is_logged_without_a_word_of_what_was_written(
    panel: Panel, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says where, the page says sorry, and neither says what."""
    client = await panel.sign_in()

    async def torn(secret: str) -> None:
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr(panel.desk.signing_in, "leave", torn)
    with caplog.at_level(logging.DEBUG):
        async with client.post("/out", data={"token": form_token(_cookie(client))}) as answer:
            assert answer.status == 500
            assert "alert" not in await answer.text()
            assert answer.headers["Content-Security-Policy"] == POLICY
    told = [each.getMessage() for each in caplog.records if each.name.startswith("bot.")]
    assert any("RuntimeError" in line for line in told)
    assert "alert" not in caplog.text


@pytest.mark.parametrize(
    "request_line",
    [b"BREW / HTTP/1.1\r\nCookie: uppsikt=hemligt", b"GET / HTTP/1.1\r\nCookie\x00: uppsikt=hemligt", b"hemligt"],
)
async def test_what_is_no_request_at_all_is_refused_and_not_repeated_in_the_log(
    panel: Panel, caplog: pytest.LogCaptureFixture, request_line: bytes
) -> None:
    """Not even a line of it, which may hold a session's secret, nor where it came from."""
    host, port = panel.address.removeprefix("http://").split(":")
    with caplog.at_level(logging.DEBUG):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request_line + b"\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    assert answer.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    assert "hemligt" not in caplog.text
    assert "127.0.0.1" not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("bot"))


async def test_neither_addresses_nor_secrets_stand_in_the_log(panel: Panel, caplog: pytest.LogCaptureFixture) -> None:
    """Who looked at what is nobody's to read, however much is logged."""
    with caplog.at_level(logging.DEBUG):
        link = await panel.link()
        async with panel.signed_out() as client:
            async with client.get(link) as door, client.post(link) as entered:
                assert door.status == 200
                assert entered.status in (200, 404)
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("asyncio")]
    assert not [line for line in ours if link in line or "127.0.0.1" in line or "/queue" in line]


def _cookie(client: ClientSession) -> str:
    (secret,) = (each.value for each in client.cookie_jar if each.key == COOKIE)
    return secret
