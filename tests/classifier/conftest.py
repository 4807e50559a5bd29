"""The shipped model, loaded once."""

from __future__ import annotations

import pytest

from classifier.model import Model
from tests.builders import real_model


@pytest.fixture(scope="session")
def model() -> Model:
    loaded: Model = real_model()
    return loaded
