"""Who gets where? Every route of the panel, walked by everybody: outside, member, moderator, lead, admin."""

from __future__ import annotations

import re

import pytest
from aiohttp import ClientSession

from bot.core.roles import TAKES, Rank
from bot.signing_in import form_token
from bot.web.guards import COOKIE
from bot.web.routes import ROUTES
from bot.web.visit import Route
from tests.web.panel_cases import Case
from tests.web.panel_harness import Panel

OUTSIDE = None
EVERYBODY = (OUTSIDE, *Rank)
STEPS = {
    "link": "a" * 43,
    "stamp": "0" * 12,
    "name": "desk.css",
    "kind": "flags",
}  # what stands for a route's variable; else a number


def path_of(route: Route, case: int = 1) -> str:
    """An address that leads to a route, about a case where it is about one."""
    variable = r"\{(\w+)(?::(?:[^{}]|\{[^}]*\})*)?\}"
    filled = re.sub(variable, lambda found: STEPS.get(found[1], str(int(case))), route.path)
    assert "{" not in filled
    return filled


async def _status(panel: Panel, route: Route, rank: Rank | None) -> int:
    """What somebody gets there, with the right token in the form."""
    client: ClientSession = panel.signed_out() if rank is OUTSIDE else await panel.sign_in(rank)
    cookie = next((each.value for each in client.cookie_jar if each.key == COOKIE), "")
    data = {"token": form_token(cookie)} if route.method == "POST" else None
    async with client.request(route.method, path_of(route), data=data, allow_redirects=False) as answer:
        return answer.status


@pytest.mark.parametrize("rank", EVERYBODY, ids=lambda rank: "outside" if rank is None else rank.name.lower())
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_each_route_lets_in_whom_the_table_of_ranks_lets_in(
    panel: Panel, route: Route, rank: Rank | None
) -> None:
    """Whoever may is let in, whoever is not signed in is shown the way, whoever may not is told so."""
    status = await _status(panel, route, rank)
    if route.deed is None or (rank is not OUTSIDE and rank >= TAKES[route.deed]):
        assert status not in (401, 403, 500), "somebody who may was kept out"
    elif rank in (OUTSIDE, Rank.MEMBER):  # no session is a mere member's
        assert status == 401
    else:
        assert status == 403


@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if each.method == "POST" and each.deed is not None],
    ids=lambda route: route.path,
)
@pytest.mark.parametrize("token", ["", "0" * 64, "another's"])
async def test_no_form_does_anything_without_its_own_sessions_token(panel: Panel, route: Route, token: str) -> None:
    """Missing, wrong, or another session's: refused, for an admin too."""
    if token == "another's":
        token = form_token(await panel.secret(Rank.ADMIN, who="99"))
    client = await panel.sign_in(Rank.ADMIN)
    async with client.post(path_of(route), data={"token": token} if token else None, allow_redirects=False) as answer:
        assert answer.status == 403
    async with client.get("/queue") as still:
        assert 'action="/out"' in await still.text()


@pytest.mark.parametrize("case", [Case.HOSTILE, Case.ENDLESS], ids=lambda case: case.name.lower())
@pytest.mark.parametrize("route", [each for each in ROUTES if each.method == "GET"], ids=lambda route: route.path)
async def test_no_message_acts_on_a_page_or_stands_in_its_title_or_headers(
    panel: Panel, route: Route, case: Case
) -> None:
    """Markup stays text, nothing turns the reading direction, and what browsers keep in their history is ours."""
    client = await panel.sign_in(Rank.ADMIN)
    async with client.get(path_of(route, case), allow_redirects=False) as answer:
        text = (await answer.read()).decode("utf-8", "replace")  # a picture is no text
        headers = " ".join(answer.headers.values())
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    for place in (headers, title[1] if title else ""):
        assert "alert" not in place
        assert "ååå" not in place
    assert "<script>alert" not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("route", [each for each in ROUTES if each.method == "GET"], ids=lambda route: route.path)
async def test_every_page_weighs_less_than_a_hundred_kilobytes(panel: Panel, route: Route) -> None:
    """With its style, its script and its picture, as they are sent."""
    client = await panel.sign_in(Rank.ADMIN)
    async with client.get(path_of(route, Case.ENDLESS)) as answer:
        page = await answer.read()
    whole = len(page)
    for each in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode("utf-8", "replace"))):
        async with client.get(each) as file:
            assert file.status == 200
            whole += len(await file.read())
    assert whole < 100_000


def test_only_the_way_in_and_our_own_files_are_for_everybody() -> None:
    """Whatever else is added must name who may."""
    assert {each.path.partition("{")[0] for each in ROUTES if each.deed is None} == {"/", "/in/", "/static/"}


def test_a_page_is_read_by_get_and_changes_something_only_by_post() -> None:
    """No other method is served; a link that is followed changes nothing."""
    assert {each.method for each in ROUTES} == {"GET", "POST"}
