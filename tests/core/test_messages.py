"""Ids grow with time, so that a channel's progress is one number; text is kept for as long as was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import MAX_ID, is_snowflake, moment_of, revision_at, snowflake_at
from bot.core.retention import RecordClass, Retention

moments = st.datetimes(datetime(2015, 1, 2), datetime(2080, 1, 1), timezones=st.just(UTC))


@given(moments)
def test_the_first_id_of_a_moment_is_of_that_moment(moment: datetime) -> None:
    assert timedelta(0) <= moment - moment_of(snowflake_at(moment)) < timedelta(milliseconds=1)


@given(moments, moments)
def test_later_moments_have_higher_ids(one: datetime, other: datetime) -> None:
    if one <= other:
        assert snowflake_at(one) <= snowflake_at(other)


def test_a_moment_before_discord_has_the_lowest_id() -> None:
    assert snowflake_at(datetime(1999, 1, 1, tzinfo=UTC)) == 0


@given(st.integers())
def test_an_id_is_a_snowflake_within_the_range_and_nowhere_else(number: int) -> None:
    assert is_snowflake(str(number)) is (0 < number <= MAX_ID)


@pytest.mark.parametrize("text", ["", " 1", "1 ", "+1", "1_000", "٣", "1e3", str(MAX_ID + 1), "9" * 5000])
def test_what_only_looks_like_a_number_is_no_id(text: str) -> None:
    assert not is_snowflake(text)


def test_a_post_is_revision_nought_and_an_edit_the_moment_of_it() -> None:
    assert revision_at(None) == 0
    assert revision_at(datetime(1970, 1, 1, 0, 0, 1, 500_000, UTC)) == 1500


def test_retention_counts_from_the_decision_and_from_the_flag() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    rules = Retention(90, 365)
    assert rules.before(RecordClass.UPHELD, now) == rules.before(RecordClass.DISMISSED, now) == now - timedelta(days=90)
    assert rules.before(RecordClass.PENDING, now) == now - timedelta(days=365)
