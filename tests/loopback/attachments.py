"""What is a file on this Discord: as a test hands it over, and as a message carries it?"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from .events import Payload

if TYPE_CHECKING:
    from .world import World

# Discord signs its links; whoever cuts a file's name out of one has to know that a query follows.
SIGNATURE = "?ex=68000000&is=67ffffff&hm=0123456789abcdef0123456789abcdef&"


@dataclass
class Upload:
    """A file about to be posted."""

    filename: str
    data: bytes = b""
    content_type: str | None = None
    description: str | None = None
    size: int | None = None  # claims another size than the data has: a large file without its bytes
    width: int | None = None
    height: int | None = None
    duration_secs: float | None = None
    waveform: str | None = None


UploadLike = Upload | tuple[str, bytes]


@dataclass(eq=False)
class Attachment:
    id: int
    channel_id: int
    upload: Upload
    url: str
    gone: bool = False  # the link answers 404, as after the message's deletion

    @property
    def filename(self) -> str:
        return self.upload.filename

    @property
    def data(self) -> bytes:
        return self.upload.data

    def payload(self) -> Payload:
        up = self.upload
        data: Payload = {
            "id": str(self.id),
            "filename": up.filename,
            "size": len(up.data) if up.size is None else up.size,
            "url": self.url,
            "proxy_url": self.url,
        }
        if content_type := up.content_type or mimetypes.guess_type(up.filename)[0]:
            data["content_type"] = content_type
        optional = {
            "description": up.description,
            "width": up.width,
            "height": up.height,
            "duration_secs": up.duration_secs,
            "waveform": up.waveform,
        }
        return data | {key: value for key, value in optional.items() if value is not None}


def keep(world: World, channel_id: int, upload: UploadLike) -> Attachment:
    """Puts a file on the CDN."""
    if isinstance(upload, tuple):
        upload = Upload(*upload)
    file_id = world.ids.next()
    url = f"{world.cdn_url}/attachments/{channel_id}/{file_id}/{quote(upload.filename)}{SIGNATURE}"
    attachment = Attachment(file_id, channel_id, upload, url)
    world.files[file_id] = attachment
    return attachment
