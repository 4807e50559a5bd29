"""Do the settings tell of every threshold in force who set it, when and for where?"""

from __future__ import annotations

import html
import re
from pathlib import Path

from bot.config import Settings
from bot.core.roles import Rank
from bot.core.tuning.changes import EVERYWHERE, Proposal, Where
from bot.store.connection import open_database
from bot.store.threshold_changes import change
from tests.builders import NOW, SQUARE
from tests.web.panel_cases import ELSEWHERE
from tests.web.panel_harness import Panel, served

SECTIONS = {
    "groups": {"unga": ["#ungdom"]},
    "thresholds": {"threat": 0.61, "channels": {"#marknad": {"flag": 0.55}}, "groups": {"unga": {"flag": 0.45}}},
}
LIMITS = re.compile(r'<caption id="limits">.*?<tbody>(.*?)</tbody>', re.DOTALL)
WHEN = "26 jan. 2026 09:00"


async def _limits(panel: Panel, **slots: object) -> list[str]:
    client = await panel.sign_in(Rank.ADMIN, **slots)
    async with client.get("/settings") as answer:
        found = LIMITS.search(await answer.text())
    assert found is not None
    rows = re.findall("<tr.*?</tr>", found[1], re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", row)).split()) for row in rows]


def _change(path: Path, where: Where, value: float, by: str = "Ada", base: int = 0) -> None:
    """Change it for the configuration above, to which the group is known."""
    db = open_database(path)
    change(db, Proposal(where, {"flag": value}, by, NOW, "Därför.", base), Settings.model_validate(SECTIONS).policy({}))
    db.close()


async def test_each_threshold_is_told_with_who_set_it_the_widest_place_first(panel_db: Path) -> None:
    """The model, the configuration, or a change with its number, who made it and when it came to hold."""
    _change(panel_db, Where(channel=SQUARE.id), 0.9)
    _change(panel_db, Where(group="unga"), 0.35, "Ola", 1)
    async with served(panel_db, **SECTIONS) as panel:
        everywhere, threat, group, configured, channel = await _limits(panel)
    assert re.fullmatch(r"Överallt hat eller hot 0,[0-9]+ modellen", everywhere)
    assert threat == "Överallt hot 0,61 config.toml"
    assert group == f"I gruppen unga hat eller hot 0,35 ändring 2 av Ola, {WHEN}"
    assert configured == "#marknad hat eller hot 0,55 config.toml"
    assert channel == f"#torget hat eller hot 0,90 ändring 1 av Ada, {WHEN}"


async def test_a_change_of_a_group_that_is_gone_says_that_it_holds_nowhere(panel_db: Path) -> None:
    """It stays on the page until somebody takes it back: what is on record is not hidden."""
    _change(panel_db, Where(group="unga"), 0.35)
    async with served(panel_db) as panel:
        (group,) = [row for row in await _limits(panel) if "unga" in row]
    assert "gruppen finns inte längre" in group


async def test_admins_of_one_server_see_no_thresholds_of_channels_elsewhere(panel_db: Path) -> None:
    """What holds everywhere holds for them too, and is told; it leads to a change only for those who may see it."""
    _change(panel_db, Where(channel=ELSEWHERE.id), 0.9)
    _change(panel_db, EVERYWHERE, 0.8, base=1)
    async with served(panel_db) as panel:
        here = await _limits(panel, guilds=("1",))
        assert [row for row in here if row.startswith("Överallt hat eller hot 0,80 ändring 2 av Ada")]
        assert not [row for row in here if "#ungdom" in row]
        assert [row for row in await _limits(panel) if row.startswith("#ungdom")]
        async with (await panel.sign_in(Rank.ADMIN, guilds=("1",))).get("/settings") as answer:
            assert "/thresholds/changes/" not in await answer.text()


async def test_without_a_model_the_settings_are_shown_all_the_same(panel_db: Path) -> None:
    """With a sentence in place of the thresholds, and no way to a page that cannot help."""
    async with served(panel_db, uppsikt={"model": "finns-inte"}) as panel:
        assert await _limits(panel) == ["Modellen går inte att läsa, så trösklarna går inte att visa."]


async def test_a_hostile_name_is_only_a_name(panel_db: Path) -> None:
    """Nothing in the name of whoever made a change acts on the page."""
    _change(panel_db, Where(channel=SQUARE.id), 0.9, "<b>Ada</b>")
    async with served(panel_db) as panel, (await panel.sign_in(Rank.ADMIN)).get("/settings") as answer:
        text = await answer.text()
    assert "&lt;b&gt;Ada" in text
    assert "<b>Ada" not in text
