"""The live bot as a process of its own, against the loopback Discord: does it start, stay up and stop as promised?

Nothing in it is replaced but Discord's address. Whether a message is flagged hangs on a watched word alone, so that
these promises hold whatever the model thinks.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar

from bot import app
from bot.announcing import AT_ONCE
from bot.changing import carry_out, look_ahead, look_back
from bot.check import checks
from bot.config import TOKEN, load
from bot.core.flags import Step
from tests.builders import HOME, decision, unprivileged
from tests.discord_gateway.whole_way import way
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, Permission, pointed_at

T = TypeVar("T")
PATIENCE = 45.0  # seconds until what should happen is called missing; generous, because machines are busy
WORD = "vaktordet"
SINGLE, DIGEST = re.compile(r"\*\*Flagga (\d+)\*\*"), re.compile(r"\*\*(\d+) nya flaggor")


class LiveBot:
    """`uppsikt run` in a folder of its own: started and stopped, any number of times."""

    def __init__(self, server: LoopbackDiscord, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.db = folder / "uppsikt.db"
        self.process: asyncio.subprocess.Process | None = None

    def configure(self, moderators: str = "", *, drain_seconds: int = 20, log_level: str = "info") -> Path:
        file = self.folder / "config.toml"
        file.write_text(
            f"""
            [uppsikt]
            log_level = "{log_level}"
            languages = ["sv"]
            [discord]
            moderators_channel = "{moderators}"
            drain_seconds = {drain_seconds}
            [watchlist]
            phrases = ["{WORD}"]
            [web]
            port = 0
            """,
            "utf-8",
        )
        return file

    async def start(self, token: str | None = None) -> None:
        """Start, with nothing in the environment but the token."""
        addresses = (self.server.api_url, self.server.gateway_url, self.server.cdn_url)
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.live_child", *addresses, str(self.folder)),
                cwd=HOME,
                env={TOKEN: self.server.token if token is None else token, "PATH": "/usr/bin:/bin"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def listen(self) -> None:
        """Start, and wait until every channel has a mark: from then on nothing is lost."""
        await self.start()
        await self.until(lambda: self.rows("SELECT id FROM channels"), "marks")

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def terminate(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return await self.ended()

    async def kill(self) -> None:
        """SIGKILL: no goodbye to anybody."""
        assert self.process is not None
        self.process.kill()
        assert await self.ended() == -signal.SIGKILL
        await self.server.until(lambda: not self.server.gateway.connections, "the connection to end", PATIENCE)

    async def until(self, holds: Callable[[], T | None], what: str) -> T:
        """Wait until something holds while the bot lives."""

        def alive_and_holds() -> T | None:
            if (value := holds()) or (self.process is not None and self.process.returncode is None):
                return value
            raise AssertionError(f"the bot ended while a test waited for {what}:\n{self.log}")

        try:
            return await self.server.until(alive_and_holds, what, PATIENCE)
        except TimeoutError as problem:
            raise TimeoutError(f"{problem}; its log:\n{self.log}") from None

    @property
    def log(self) -> str:
        file = self.folder / "log"
        return file.read_text("utf-8") if file.exists() else ""

    def rows(self, question: str) -> list[dict[str, Any]]:
        """What lies in the database, read beside the running bot."""
        if not self.db.exists():
            return []
        with closing(sqlite3.connect(self.db)) as connection:
            connection.row_factory = sqlite3.Row
            try:
                return [dict(row) for row in connection.execute(question)]
            except sqlite3.OperationalError as problem:
                if "no such table" in str(problem):  # not migrated yet
                    return []
                raise

    def flagged(self) -> list[str]:
        """Ids of the messages that were flagged for the watched word, sorted."""
        found = self.rows("SELECT message_id, reasons FROM flags ORDER BY message_id")
        return [row["message_id"] for row in found if '"watchlist"' in row["reasons"]]

    async def has_flagged(self, messages: Iterable[Message]) -> None:
        """Wait until each of these is saved."""
        ids = {str(message.id) for message in messages}
        await self.until(lambda: ids <= set(self.flagged()), f"{len(ids)} flags")

    async def has_announced_all(self) -> None:
        await self.until(
            lambda: self.flagged() and not self.rows("SELECT id FROM flags WHERE announced_at IS NULL"),
            "announcements",
        )


@pytest.fixture
def moderators(guild: Guild) -> Channel:
    return guild.add_text_channel("moderatorer")


@pytest_asyncio.fixture
async def bot(server: LoopbackDiscord, moderators: Channel, tmp_path: Path) -> AsyncIterator[LiveBot]:
    """A bot that announces in the moderators' channel; not started yet, and not left running."""
    live = LiveBot(server, tmp_path)
    live.configure(str(moderators.id))
    yield live
    if live.process is not None and live.process.returncode is None:
        live.process.kill()
        await live.process.wait()


async def chat(channel: Channel, anna: Member, count: int) -> list[Message]:
    """So many messages, and those among them that hold the watched word: every third."""
    texts = [f"{WORD} nummer {number}" if number % 3 == 0 else f"en vanlig dag {number}" for number in range(count)]
    return [message for message in await channel.post_many(anna, texts) if WORD in message.content]


def ids(messages: Iterable[Message]) -> list[str]:
    return sorted(str(message.id) for message in messages)


def announced(posts: Iterable[Message]) -> tuple[list[int], list[int]]:
    """The flags that were announced one by one, and how many each digest counts."""
    texts = [post.text for post in posts]
    singles = [int(number) for text in texts for number in SINGLE.findall(text)]
    return singles, [int(number) for text in texts for number in DIGEST.findall(text)]


@contextmanager
def locked(db: Path) -> Iterator[None]:
    """Another program holds the database's lock."""
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


# The main job.


async def test_a_watched_word_lies_in_the_database_with_its_reasons_and_is_announced(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, anna: Member
) -> None:
    await bot.listen()
    await channel.post(anna, "en vanlig dag på torget")
    message = await channel.post(anna, f"hör här, {WORD}!")
    [notice] = await bot.until(lambda: server.sent(moderators), "an announcement")
    [row] = bot.rows(f"SELECT * FROM flags WHERE message_id = '{message.id}'")
    assert {"rule": "watchlist", "label": WORD, "value": None, "limit": None} in json.loads(row["reasons"])
    assert row["text"] == f"hör här, {WORD}!"
    assert row["channel_id"] == str(channel.id)
    assert row["author_id"] == str(anna.id)
    assert row["state"] == "pending"
    assert row["model"].startswith("uppsikt-sv@")
    assert f"**Flagga {row['id']}**" in notice.text
    assert channel.mention in notice.text
    await bot.has_announced_all()


async def test_a_moderator_decides_on_the_card_and_a_decision_in_the_terminal_reaches_it_too(
    server: LoopbackDiscord, bot: LiveBot, guild: Guild, channel: Channel, moderators: Channel, anna: Member
) -> None:
    mo = guild.add_member("mo", roles=[guild.add_role("mod", Permission.MANAGE_MESSAGES)])
    await bot.listen()
    await channel.post(anna, f"hör här, {WORD}!")
    [card] = await bot.until(lambda: server.sent(moderators), "a card")
    asked = await (await server.click(mo, card, "Bifall")).acknowledgement(PATIENCE)
    await bot.until(lambda: "tittar" in card.text, "word of who is looking")
    await server.submit_modal(asked, {"motives": ["other"]})
    await bot.until(lambda: f"bifölls av {mo.mention}" in card.text, "the outcome")
    assert card.buttons == []
    [row] = bot.rows("SELECT f.state, f.seen_at, d.by, d.motives FROM flags f JOIN decisions d ON d.flag_id = f.id")
    assert (row["state"], row["by"], row["motives"]) == ("upheld", str(mo.id), '["other"]')
    assert row["seen_at"]

    await channel.post(anna, f"en gång till, {WORD}!")
    [_, second] = await bot.until(lambda: cards if len(cards := server.sent(moderators)) > 1 else None, "another card")
    await bot.until(lambda: len(bot.rows("SELECT id FROM cards")) == 2, "the card to be remembered")
    app.decide(bot.db, decision(2, Step.DISMISS, "Maja"))
    await bot.until(lambda: "avskrevs av Maja" in second.text, "the outcome on the card")


async def test_thresholds_that_are_changed_in_the_terminal_reach_the_running_bot_and_so_does_taking_them_back(
    bot: LiveBot, channel: Channel, anna: Member
) -> None:
    """Whatever the model thinks, all is flagged at a threshold of 0."""
    await bot.listen()
    await channel.post(anna, "en vanlig dag på torget")
    settings = load(bot.folder / "config.toml", {})
    await asyncio.to_thread(
        lambda: carry_out(bot.db, settings, look_ahead(bot.db, settings, ("", ""), {"flag": 0.0}, "Karin", "prov"))
    )
    await bot.until(lambda: "those of change 1" in bot.log, "the change")
    noticed = await channel.post(anna, "ännu en vanlig dag")
    await bot.until(lambda: bot.rows(f"SELECT id FROM flags WHERE message_id = '{noticed.id}'"), "the flag")
    await asyncio.to_thread(
        lambda: carry_out(bot.db, settings, look_back(bot.db, settings, None, "Karin", "för mycket"))
    )
    await bot.until(lambda: "those of change 2" in bot.log, "the change back")
    await channel.post(anna, "och en till")
    watched = await channel.post(anna, f"hör här, {WORD}!")
    await bot.has_flagged([watched])
    assert [row["message_id"] for row in bot.rows("SELECT message_id FROM flags ORDER BY id")] == ids(
        [noticed, watched]
    )
    assert await bot.terminate() == 0


# The panel.


async def test_a_moderator_comes_in_at_the_panel_and_the_log_names_nobody(
    server: LoopbackDiscord, bot: LiveBot, guild: Guild, channel: Channel
) -> None:
    mo = guild.add_member("mo", roles=[guild.add_role("mod", Permission.MANAGE_MESSAGES)])
    await bot.listen()
    shown = await (await server.slash(mo, channel, "panel")).shown()
    found = re.search(r"<(http://127\.0\.0\.1:[0-9]+/in/([A-Za-z0-9_-]+))>", shown.text)
    assert found is not None
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser, browser.post(found[1]) as page:
        assert f"<bdi>{mo.name}</bdi>" in await page.text()
    assert await bot.terminate() == 0
    assert "the panel is at http://127.0.0.1:" in bot.log
    assert not [secret for secret in (found[2], str(mo.id), "/queue") if secret in bot.log]


# Stopping.


async def test_sigterm_ends_it_well_with_everything_read_and_what_is_posted_after_is_read_at_the_next_start(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, anna: Member
) -> None:
    await bot.listen()
    flagged = await chat(channel, anna, 3)
    await bot.has_flagged(flagged)
    flagged += await chat(channel, anna, 300)
    await server.caught_up(PATIENCE)
    assert await bot.terminate() == 0
    assert bot.flagged() == ids(flagged)
    assert "stopped; 0 events are left to be read back" in bot.log

    flagged += await chat(channel, anna, 9)
    await bot.start()
    await bot.has_flagged(flagged)
    await bot.has_announced_all()
    assert await bot.terminate() == 0
    assert bot.flagged() == ids(flagged)
    singles, digests = announced(server.sent(moderators))
    assert len(singles) + sum(digests) >= len(bot.rows("SELECT id FROM flags"))


async def test_what_the_deadline_of_a_stop_leaves_is_read_at_the_next_start(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, anna: Member
) -> None:
    bot.configure(str(moderators.id), drain_seconds=0)
    await bot.listen()
    with locked(bot.db):
        flagged = await chat(channel, anna, 30)
        await server.caught_up(PATIENCE)
        assert await bot.terminate() == 0
    assert bot.flagged() == []
    await bot.start()
    await bot.has_flagged(flagged)
    await bot.has_announced_all()
    assert bot.flagged() == ids(flagged)


# Killed.


async def test_killed_in_the_midst_of_a_stream_it_flags_every_message_exactly_once_and_announces_each(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, anna: Member
) -> None:
    # Killed between an announcement and the note that it was made, with more just posted.
    server.faults.cut(f"POST /channels/{moderators.id}/messages", after=True, times=None)
    await bot.listen()
    flagged = await chat(channel, anna, 40)
    await bot.until(lambda: server.sent(moderators), "an announcement")
    flagged += await chat(channel, anna, 40)
    await bot.kill()
    server.faults.clear()
    flagged += await chat(channel, anna, 120)

    # Killed while history is read back.
    reading = server.faults.hold(f"GET /channels/{channel.id}/messages")
    await bot.start()
    await reading.arrived(PATIENCE)
    flagged += await chat(channel, anna, 40)
    await bot.kill()
    reading.open()
    flagged += await chat(channel, anna, 40)

    # Killed while flags are being saved.
    before = len(bot.flagged())
    await bot.start()
    await bot.until(lambda: len(bot.flagged()) > before, "some more flags")
    flagged += await chat(channel, anna, 40)
    await bot.kill()

    await bot.start()
    flagged += await chat(channel, anna, 9)
    await bot.has_flagged(flagged)
    await bot.has_announced_all()
    assert await bot.terminate() == 0
    assert bot.flagged() == ids(flagged)
    singles, digests = announced(server.sent(moderators))
    saved = [row["id"] for row in bot.rows("SELECT id FROM flags")]
    # What was under way when it was killed, one message for each of the three times, may be told again.
    assert len(saved) <= len(singles) + sum(digests) <= len(saved) + 3 * AT_ONCE
    assert set(singles) <= set(saved)


async def test_killed_on_the_whole_way_of_a_message_it_goes_on_where_it_was_and_does_nothing_twice(
    server: LoopbackDiscord, bot: LiveBot, guild: Guild, channel: Channel, moderators: Channel
) -> None:
    whole = way(server, guild, channel, moderators, PATIENCE)
    killed_before = (whole.is_removed_and_its_author_timed_out, whole.is_reversed_and_the_cards_say_so)
    bot.configure(str(moderators.id), log_level="debug")
    await bot.listen()
    for step in whole.steps:
        if step in killed_before:
            await bot.kill()
            await bot.start()
            await server.wait_until_ready(PATIENCE)
        await step()
    await whole.leaves_nothing_undone(bot.db)
    assert await bot.terminate() == 0
    assert [word for word in whole.secrets if word in bot.log] == []


# What goes wrong meanwhile.


async def test_announcements_that_hang_or_fail_do_not_stop_reading_and_are_made_up_for(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, anna: Member
) -> None:
    path = f"POST /channels/{moderators.id}/messages"
    hanging = server.faults.hold(path)
    server.faults.answer(path, 403, code=50013)
    await bot.listen()
    flagged = await chat(channel, anna, 3)
    await hanging.arrived(PATIENCE)
    flagged += await chat(channel, anna, 60)
    await bot.has_flagged(flagged)
    assert server.sent(moderators) == []
    hanging.open()
    await bot.until(lambda: "not announced in channel" in bot.log, "the refusal")
    flagged += await chat(channel, anna, 60)
    await bot.has_flagged(flagged)
    await bot.has_announced_all()
    singles, digests = announced(server.sent(moderators))
    assert len(singles) + sum(digests) == len(bot.rows("SELECT id FROM flags"))


async def test_a_database_that_another_program_locks_delays_flags_and_loses_none(
    bot: LiveBot, channel: Channel, anna: Member
) -> None:
    await bot.listen()
    with locked(bot.db):
        flagged = await chat(channel, anna, 30)
        await bot.until(lambda: "not saved yet, trying again" in bot.log, "a word on the lock")
        flagged += await chat(channel, anna, 30)
        assert bot.flagged() == []
    await bot.has_flagged(flagged)
    assert bot.flagged() == ids(flagged)


async def test_a_database_that_cannot_be_used_any_more_ends_it_with_one_line(
    bot: LiveBot, channel: Channel, anna: Member
) -> None:
    await bot.listen()
    with closing(sqlite3.connect(bot.db)) as connection:
        connection.execute("DROP TABLE flags")
    await chat(channel, anna, 3)
    assert await bot.ended() == 1
    assert "Traceback" not in bot.log
    assert "no such table" in only_problem(bot)


async def test_the_log_holds_no_words_no_names_and_no_token(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, guild: Guild
) -> None:
    secrets = ["hemlighet", "Förnamnsson", "smeknamnet", "rubrikorden", "filorden", server.token, WORD]
    bot.configure(str(moderators.id), log_level="debug")
    author = guild.add_member("Förnamnsson", nick="smeknamnet")
    # Most is logged where something fails.
    server.faults.answer(f"POST /channels/{moderators.id}/messages", 403, code=50013)
    server.faults.answer(f"GET /channels/{channel.id}/messages", 500)
    await bot.listen()
    await channel.post(author, "hemlighet som ingen ska se")
    first = await channel.post(author, f"{WORD} med en hemlighet", attachments=[("hemlighet.txt", b"filorden")])
    channel.add_thread("rubrikorden", author)
    await author.rename(f"smeknamnet {WORD}")
    with locked(bot.db):
        await server.drop_all()
        last = await channel.post(author, f"{WORD} och hemlighet igen")
        await first.edit(f"{WORD} med en ny hemlighet")
    await bot.has_flagged([first, last])
    await bot.has_announced_all()
    assert await bot.terminate() == 0
    assert "not announced" in bot.log
    assert "DEBUG" in bot.log
    assert [secret for secret in secrets if secret.casefold() in bot.log.casefold()] == []


# Refused at the start.


def only_problem(bot: LiveBot) -> str:
    """The one line that says what is wrong."""
    assert "Traceback" not in bot.log
    [line] = [line for line in bot.log.splitlines() if line.startswith("uppsikt: ")]
    return line


@pytest.mark.parametrize("token", ["", "fel.token.helt"])
async def test_without_the_right_token_it_ends_with_one_line_that_says_so(bot: LiveBot, token: str) -> None:
    await bot.start(token)
    assert await bot.ended() == 1
    assert TOKEN in only_problem(bot)
    assert not token or token not in bot.log


async def test_without_the_message_content_intent_it_ends_with_one_line_that_says_so(tmp_path: Path) -> None:
    async with LoopbackDiscord(privileged=()) as server:
        server.add_guild("Almköping")
        bot = LiveBot(server, tmp_path)
        bot.configure()
        await bot.start()
        assert await bot.ended() == 1
        assert "Message Content Intent" in only_problem(bot)


# `uppsikt check`.


async def checked(server: LoopbackDiscord, file: Path) -> tuple[list[str], list[str]]:
    """The lines that are well and those that are wrong."""
    with pointed_at(server):
        lines = await asyncio.to_thread(lambda: list(checks(file)))
    return [line for well, line in lines if well], [line for well, line in lines if not well]


@pytest.fixture
def token(server: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, server.token)


async def test_check_finds_everything_well(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, token: None
) -> None:
    well, wrong = await checked(server, bot.configure(str(moderators.id)))
    assert wrong == []
    for subject in ("configuration", "model: uppsikt-sv@", "database", "disk", "Token", "Intent", "#moderatorer"):
        assert any(subject in line for line in well), subject


async def test_check_names_a_channel_that_the_bot_may_not_read(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, guild: Guild, token: None
) -> None:
    channel.deny(guild.everyone, Permission.READ_MESSAGE_HISTORY)
    _, [wrong] = await checked(server, bot.configure(str(moderators.id)))
    assert "#allmänt" in wrong


async def test_check_names_a_moderators_channel_that_the_bot_may_not_write_in(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, moderators: Channel, guild: Guild, token: None
) -> None:
    moderators.deny(guild.everyone, Permission.SEND_MESSAGES)
    _, [wrong] = await checked(server, bot.configure(str(moderators.id)))
    assert "#moderatorer" in wrong


async def test_check_names_a_moderators_channel_that_is_not_there(
    server: LoopbackDiscord, bot: LiveBot, channel: Channel, token: None
) -> None:
    _, [wrong] = await checked(server, bot.configure("999"))
    assert "999" in wrong


async def test_check_misses_the_message_content_intent(tmp_path: Path, token: None) -> None:
    async with LoopbackDiscord(privileged=()) as server:
        server.add_guild("Almköping").add_text_channel("allmänt")
        _, [wrong] = await checked(server, LiveBot(server, tmp_path).configure())
    assert "Message Content Intent" in wrong


@pytest.mark.parametrize("given", ["", "fel.token.helt"])
async def test_check_refuses_a_wrong_token_and_tells_of_the_rest_all_the_same(
    server: LoopbackDiscord, bot: LiveBot, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(TOKEN, given)
    well, [wrong] = await checked(server, bot.configure())
    assert TOKEN in wrong
    assert not given or given not in wrong
    assert len(well) == 8


async def test_check_says_that_discord_cannot_be_reached(server: LoopbackDiscord, bot: LiveBot, token: None) -> None:
    file = bot.configure()
    async with server.offline():
        _, [wrong] = await checked(server, file)
    assert "cannot be reached" in wrong


def test_check_says_what_it_may_not_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    with unprivileged() as folder:
        shut = folder / "stängd"
        (shut / "under").mkdir(parents=True)
        shut.chmod(0)
        file = folder / "config.toml"
        file.write_text(f'[uppsikt]\ndatabase = "{shut}/under/uppsikt.db"\n', "utf-8")
        wrong = [line for well, line in checks(file) if not well]
        shut.chmod(0o700)
    assert f"{shut}/under/uppsikt.db: Permission denied" in wrong
