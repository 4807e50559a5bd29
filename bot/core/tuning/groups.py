"""Which channels share thresholds? Groups by name, which cannot be mistaken for channels; no channel is in two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def apart(groups: Mapping[str, Sequence[str]], with_thresholds: Iterable[str] = ()) -> None:
    """ValueError, which says what to do, for groups that are none or not apart; members are ids or "#name"s.

    `with_thresholds` are names that must be among them.
    """
    of: dict[str, str] = {}
    for group, members in groups.items():
        if group.startswith("#") or group.isdecimal():
            raise ValueError(f"{group!r} looks like a channel: a group's name is a word, such as youth")
        for name in {member.removeprefix("#") for member in members}:
            if name in of:
                raise ValueError(f"{name!r} is in {of[name]!r} and in {group!r}: a channel is in one group only")
            of[name] = group
    if taken := sorted(set(groups) & set(of)):
        raise ValueError(f"{taken[0]!r} is a channel of a group and a group: give the group another name")
    if unknown := sorted(set(with_thresholds) - set(groups)):
        raise ValueError(f"there is no group {unknown[0]!r}, which [thresholds.groups] names")
