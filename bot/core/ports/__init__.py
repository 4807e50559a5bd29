"""What does the bot need of the world? Protocols; adapters fill them, tests fill them with small fakes.

Those of tuning are imported by the name of their file, `ports.tuning`: with them comes numpy, which few commands need.
"""

from bot.core.ports.anchors import AnchorPlatform, AnchorStore
from bot.core.ports.authors import AppealBoard, AppealStore, Messenger, StatementStore
from bot.core.ports.drift import DriftStore, ShiftPlatform
from bot.core.ports.measures import Enforcement, MeasureStore
from bot.core.ports.reading import ChatPlatform, Classifier, Clock, Kept, Progress, Spread, Store, Tally, Unseen
from bot.core.ports.recalibration import RecalibrationStore
from bot.core.ports.reports import ReporterMessenger, ReportStore, UnansweredStore
from bot.core.ports.review import CardBoard, CareStore, CaseStore, LeadsPlatform, OpinionStore
from bot.core.ports.shadow import Comparing, ShadowStore
from bot.core.ports.thresholds import ThresholdStore

__all__ = [
    "AnchorPlatform",
    "AnchorStore",
    "AppealBoard",
    "AppealStore",
    "CardBoard",
    "CareStore",
    "CaseStore",
    "ChatPlatform",
    "Classifier",
    "Clock",
    "Comparing",
    "DriftStore",
    "Enforcement",
    "Kept",
    "LeadsPlatform",
    "MeasureStore",
    "Messenger",
    "OpinionStore",
    "Progress",
    "RecalibrationStore",
    "ReportStore",
    "ReporterMessenger",
    "ShadowStore",
    "ShiftPlatform",
    "Spread",
    "StatementStore",
    "Store",
    "Tally",
    "ThresholdStore",
    "UnansweredStore",
    "Unseen",
]
