"""What can be wrong with a model folder? One error; its text is one line that says what to do."""

from __future__ import annotations


class ModelError(Exception):
    """A model folder that is torn, tampered with, of another label set, or not a model at all."""
