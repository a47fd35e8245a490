"""Keys and digests as people read them out on the telephone: one way in every window, so that they can be compared."""

from village_ledger.services.village_key import spoken_key

_GROUPS = 8


def key_lines(digits: str) -> str:
    """64 digits in two lines of eight groups of four."""
    groups = spoken_key(digits).split(" ")
    return "\n".join(" ".join(groups[place : place + _GROUPS]) for place in range(0, len(groups), _GROUPS))
