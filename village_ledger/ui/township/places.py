"""Where a desk's data is, as people read it and as this computer remembers it: never with a password."""

from urllib.parse import quote, urlsplit, urlunsplit

from village_ledger.services.township.desk import is_url


def without_password(place: str) -> str:
    """A place that may be written down: a file as it is, a URL without its password."""
    if not is_url(place):
        return place
    parts = urlsplit(place)
    where = parts.netloc.rpartition("@")
    who = where[0].partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{who}@{where[2]}" if who else where[2]))


def with_password(place: str, password: str) -> str:
    """A URL completed for connecting; other places as they are."""
    parts = urlsplit(place)
    who, _, where = parts.netloc.rpartition("@")
    if not is_url(place) or not password or not who or ":" in who:
        return place
    return urlunsplit(parts._replace(netloc=f"{who}:{quote(password, safe='')}@{where}"))


def shown_place(place: str) -> str:
    """A place in words."""
    return f"数据库 {without_password(place)}" if is_url(place) else place
