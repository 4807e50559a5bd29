"""What is remembered. The only importer of sqlite_utils."""

from bot.store.connection import open_database
from bot.store.queries import Decided, FlagRow, StoreReader
from bot.store.recalibration_store import SqliteRecalibrations
from bot.store.report_store import SqliteReports
from bot.store.shadow_store import SqliteShadows
from bot.store.shift_store import SqliteShifts
from bot.store.statement_store import SqliteStatements
from bot.store.thread import SqliteStore
from bot.store.threshold_store import SqliteThresholds

__all__ = [
    "Decided",
    "FlagRow",
    "SqliteRecalibrations",
    "SqliteReports",
    "SqliteShadows",
    "SqliteShifts",
    "SqliteStatements",
    "SqliteStore",
    "SqliteThresholds",
    "StoreReader",
    "open_database",
]
