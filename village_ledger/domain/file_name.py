"""Names of people and villages as names of files, which every system that carries them takes."""

FORBIDDEN = '\\/:*?"<>|'


def file_safe(text: str) -> str:
    """A text with an underscore for every sign that some system refuses in the name of a file."""
    return "".join("_" if sign in FORBIDDEN else sign for sign in text)
