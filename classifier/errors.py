"""What can be wrong with a model folder? An error's text is one line that says what to do."""

from __future__ import annotations


class ModelError(Exception):
    """A model folder that is torn, tampered with, of another label set, or not a model at all."""


class NoClassifier(ModelError):
    """A whole model, but one that classifies nothing: an encoder to train from."""
