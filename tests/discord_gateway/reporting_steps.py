"""What tests about reports have in common: somebody reports by the menu, fills in the form, and reads the receipt."""

from __future__ import annotations

from typing import Any

from tests.loopback import Channel, LoopbackDiscord, Member, Message
from tests.loopback.interactions import SHOW_MODAL, Interaction

FORM: dict[str, Any] = {"category": ["harassment"], "hurt": ["somebody"], "words": "han *slutar* inte"}


def filled(**fields: Any) -> dict[str, Any]:
    """The form, with some fields filled in otherwise."""
    return FORM | fields


async def sent_in(server: LoopbackDiscord, asked: Interaction, **fields: Any) -> str:
    """The form is sent in; what its sender is told."""
    told = await (await server.submit_modal(await asked.acknowledgement(), filled(**fields))).shown()
    assert told.is_ephemeral
    return told.text


async def reported(server: LoopbackDiscord, who: Member, message: Message, **fields: Any) -> str:
    """A message is reported by its menu; what the reporter is told."""
    return await sent_in(server, await server.context_menu(who, message, "Report"), **fields)


async def refused(server: LoopbackDiscord, who: Member, where: Channel, **options: Any) -> str:
    """`/report` that gets no form; what is answered, to this person alone."""
    asked = await (await server.slash(who, where, "report", options)).acknowledgement()
    assert asked.answer_type != SHOW_MODAL
    told = await asked.shown()
    assert told.is_ephemeral
    return told.text


def link(message: Message, guild: int | None = None) -> str:
    """What *Copy Message Link* gives."""
    here = guild or (message.channel.guild.id if message.channel.guild else 0)
    return f"https://discord.com/channels/{here}/{message.channel.id}/{message.id}"
