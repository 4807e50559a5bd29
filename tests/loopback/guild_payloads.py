"""How does Discord write a guild as JSON, over REST and in GUILD_CREATE?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import payloads
from .clock import iso
from .events import Payload

if TYPE_CHECKING:
    from .guilds import Guild


def rest_guild(it: Guild) -> Payload:
    """A guild as REST gives it."""
    return {
        "id": str(it.id),
        "name": it.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(it.owner.id),
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "nsfw_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": it.locale,
        "features": list(it.features),
        "roles": [payloads.role(each) for each in it.roles],
        "emojis": [emoji(each) for each in it.emojis.items()],
        "stickers": [],
        "incidents_data": None,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "approximate_member_count": len(it.members),
        "approximate_presence_count": len(it.members),
    }


def created_guild(it: Guild) -> Payload:
    """A guild as GUILD_CREATE gives it: with its channels and threads, but of the members only the bot."""
    return {
        **rest_guild(it),
        "joined_at": iso(it.me.joined_at),
        "large": len(it.members) >= 250,
        "member_count": len(it.members),
        "members": [payloads.member(it.me)],
        "channels": [payloads.channel(each) for each in it.channels],
        "threads": [payloads.thread(each) for each in it.threads if not each.archived and each.visible_to_bot],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def emoji(named: tuple[str, int]) -> Payload:
    name, emoji_id = named
    return {
        "id": str(emoji_id),
        "name": name,
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": False,
        "available": True,
    }
