"""A Discord on the loopback interface: a gateway and a REST API that the real discord.py logs in to.

Where to begin: `server.LoopbackDiscord` is what a test holds, `client.running` brings a client to it.

    async with LoopbackDiscord() as server:
        guild = server.add_guild("Klubben")
        channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
        async with running(client, server):
            await channel.post(anna, "hej")
            await server.caught_up()
            assert server.sent(channel)[0].content == "hej du"
"""

from __future__ import annotations

from .actions import NotOfferedError
from .attachments import Attachment, Upload
from .channels import Channel, DirectMessages
from .client import pointed_at, running
from .clock import Clock, ManualClock
from .drafts import poll
from .guilds import Forum, Guild
from .interactions import DidNotRespondError, Interaction
from .journal import Request
from .messages import Message
from .people import Member, Role, User
from .permissions import Permission
from .posting import Webhook
from .server import LoopbackDiscord
from .threads import Thread

__all__ = [
    "Attachment",
    "Channel",
    "Clock",
    "DidNotRespondError",
    "DirectMessages",
    "Forum",
    "Guild",
    "Interaction",
    "LoopbackDiscord",
    "ManualClock",
    "Member",
    "Message",
    "NotOfferedError",
    "Permission",
    "Request",
    "Role",
    "Thread",
    "Upload",
    "User",
    "Webhook",
    "pointed_at",
    "poll",
    "running",
]
