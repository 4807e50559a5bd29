"""How does Discord say no?

Each refusal has an HTTP status, a code of Discord's own and a sentence; a client library goes by the first two.
"""

from __future__ import annotations

from .events import Payload


class RefusedError(Exception):
    def __init__(self, status: int, code: int, message: str, errors: Payload | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> Payload:
        data: Payload = {"message": self.message, "code": self.code}
        return data if self.errors is None else data | {"errors": self.errors}


_TABLE: dict[int, tuple[int, str]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10026: (404, "Unknown Ban"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50016: (
        400,
        "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100",
    ),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50034: (400, "You can only bulk delete messages that are under 14 days old."),
    50083: (400, "Thread is archived"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160002: (403, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
}


def refused(code: int) -> RefusedError:
    status, message = _TABLE[code]
    return RefusedError(status, code, message)


UNAUTHORIZED = RefusedError(401, 0, "401: Unauthorized")
NOT_FOUND = RefusedError(404, 0, "404: Not Found")


def invalid(path: str, code: str, message: str) -> RefusedError:
    """A body that does not pass: the error sits at the end of its path, as `components.0.label`."""
    errors: Payload = {"_errors": [{"code": code, "message": message}]}
    for key in reversed(path.split(".")):
        errors = {key: errors}
    return RefusedError(400, 50035, "Invalid Form Body", errors)


def too_long(path: str, most: int) -> RefusedError:
    return invalid(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def wrong_length(path: str, least: int, most: int) -> RefusedError:
    return invalid(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def required(path: str) -> RefusedError:
    return invalid(path, "BASE_TYPE_REQUIRED", "This field is required")
