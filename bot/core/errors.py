"""What can go wrong, and who can mend it?

UppsiktError            everything below; its text is one line that says what to do
├── BadInput            a file, line or argument that the caller can mend        (exit 2)
├── BadConfiguration    config.toml or the environment; holds every problem at once (exit 2)
├── BadModel            a model folder that is torn, tampered with or of another label set (exit 1)
├── StoreError          the database cannot be used as it is                      (exit 1)
│   ├── StoreBusy       locked by another program for too long
│   ├── StoreReadOnly   the file or its folder cannot be written
│   ├── StoreFull       no room left on the disk
│   ├── StoreTorn       not a whole database
│   └── StoreTooNew     made by a later version of Uppsikt
├── Refused             a decision or command the rules do not allow              (exit 1)
└── PlatformError       Discord refuses us: token, intents, permissions           (exit 1)

`classifier.errors.ModelError` becomes BadModel at the seam; sqlite3's errors become StoreError in bot/store.
"""

from __future__ import annotations


class UppsiktError(Exception):
    """Something that a person can mend; str() is one clear line."""


class BadInput(UppsiktError):
    """A file, line or argument that the caller can mend."""


class BadConfiguration(UppsiktError):
    """Every problem of a configuration at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BadModel(UppsiktError):
    """A model folder that cannot be trusted or read."""


class StoreError(UppsiktError):
    """The database cannot be used as it is."""


class StoreBusy(StoreError):
    """Locked by another program for too long."""


class StoreReadOnly(StoreError):
    """The file or its folder cannot be written."""


class StoreFull(StoreError):
    """No room left on the disk."""


class StoreTorn(StoreError):
    """Not a whole database: torn, or overwritten by something else."""


class StoreTooNew(StoreError):
    """Made by a later version of Uppsikt."""


class Refused(UppsiktError):
    """A decision or command that the rules do not allow."""


class PlatformError(UppsiktError):
    """Discord refuses us."""
