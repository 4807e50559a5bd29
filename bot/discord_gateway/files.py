"""What stands in the text files of a message? They are fetched, bounded in size, and decoded whatever they are.

Discord's own apps turn a text that is too long for a message into such a file. What is larger than configured is
not fetched, and a file that is gone is passed over; both are said in the log, by id.
"""

from __future__ import annotations

import asyncio
import codecs
import logging
from hashlib import sha256

import aiohttp
import discord

from bot.core.messages import File
from bot.discord_gateway.words import attachments

log = logging.getLogger(__name__)

ENDINGS = (".txt", ".md", ".csv", ".log")
RETRY_SECONDS = (1.0, 3.0, 10.0)  # a file server that is down must not hold up its channel for ever


def has_text_files(message: discord.Message, limit: int) -> bool:
    """Whether a message has words that have to be fetched."""
    return any(_wanted(file, limit) for file in attachments(message))


async def read_files(message: discord.Message, limit: int) -> tuple[str, tuple[File, ...]]:
    """The words of a message's text files, in their order; and all of its files, with a digest of those read."""
    texts, files = [], []
    for file in attachments(message):
        data = await _read(file) if _wanted(file, limit) else None
        texts.append("" if data is None else decoded(data))
        files.append(File(file.filename, file.size, "" if data is None else sha256(data).hexdigest()))
    return "\n".join(text for text in texts if text), tuple(files)


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-8, or UTF-16 by its mark, or else what Windows writes in Sweden."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wanted(file: discord.Attachment, limit: int) -> bool:
    is_text = (file.content_type or "").startswith("text/") or file.filename.lower().endswith(ENDINGS)
    if is_text and file.size > limit > 0:
        log.info("attachment %s has %d bytes and is not read", file.id, file.size)
    return is_text and file.size <= limit


async def _read(file: discord.Attachment) -> bytes | None:
    for seconds in RETRY_SECONDS:
        try:
            return await file.read()
        except (discord.NotFound, discord.Forbidden):
            break  # gone with its message
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
            await asyncio.sleep(seconds)
    log.warning("attachment %s cannot be fetched and is not read", file.id)
    return None
