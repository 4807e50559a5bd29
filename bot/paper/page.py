"""How does a document become a page that needs nothing from elsewhere? By a template that escapes what it is given."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.core.display import displayable


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.paper"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["displayable"] = displayable
    return environment


def page(template: str, **slots: object) -> str:
    """A template of this package's, filled in; jinja2's UndefinedError where a slot is missing."""
    return _environment().get_template(template).render(**slots)
