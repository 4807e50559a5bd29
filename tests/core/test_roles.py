"""Who may do what comes from roles, and from Discord's permissions where no role is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.roles import TAKES, Deed, Person, Rank, Roles

names = st.frozensets(st.sampled_from(["mod", "lead", "admin", "123", "other"]))
people = st.builds(Person, names, st.booleans(), st.booleans())
NAMED = Roles(frozenset({"mod", "123"}), frozenset({"lead"}), frozenset({"admin"}))


@pytest.mark.parametrize(
    ("person", "rank"),
    [
        (Person(frozenset()), Rank.MEMBER),
        (Person(frozenset({"mod"})), Rank.MEMBER),
        (Person(frozenset(), manages_messages=True), Rank.MODERATOR),
        (Person(frozenset(), manages_server=True), Rank.ADMIN),
    ],
)
def test_where_nothing_is_configured_permissions_stand_in(person: Person, rank: Rank) -> None:
    assert Roles().rank(person) is rank


@pytest.mark.parametrize(
    ("role", "rank"),
    [("other", Rank.MEMBER), ("mod", Rank.MODERATOR), ("123", Rank.MODERATOR), ("lead", Rank.LEAD),
     ("admin", Rank.ADMIN)],
)  # fmt: skip
def test_roles_count_by_id_or_name(role: str, rank: Rank) -> None:
    assert NAMED.rank(Person(frozenset({role, "x"}))) is rank


def test_where_roles_are_configured_permissions_count_for_nothing() -> None:
    assert NAMED.rank(Person(frozenset(), manages_messages=True, manages_server=True)) is Rank.MEMBER


def test_each_list_stands_for_itself() -> None:
    only_moderators = Roles(moderator=frozenset({"mod"}))
    assert only_moderators.rank(Person(frozenset(), manages_messages=True)) is Rank.MEMBER
    assert only_moderators.rank(Person(frozenset(), manages_server=True)) is Rank.ADMIN


@given(st.builds(Roles, names, names, names), people, people)
def test_a_higher_rank_may_do_all_that_a_lower_one_may(roles: Roles, one: Person, other: Person) -> None:
    if roles.rank(one) >= roles.rank(other):
        assert all(roles.allow(one, deed) for deed in Deed if roles.allow(other, deed))


def test_every_deed_takes_a_rank_and_none_is_anybodys() -> None:
    assert set(TAKES) == set(Deed)
    assert all(rank > Rank.MEMBER for rank in TAKES.values())
