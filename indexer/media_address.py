"""The address of a recording: an absolute path or a web address, and the link that opens it at a time. Pure.

    /data/talk.mp3, 63000                     file:///data/talk.mp3#t=63
    https://example.org/talk.mp3, 63000       https://example.org/talk.mp3#t=63
    https://www.youtube.com/watch?v=x, 63000  https://www.youtube.com/watch?v=x&t=63

The fragment is that of Media Fragments (https://www.w3.org/TR/media-frags/#naming-time), which browsers know; pages of
YouTube and Bilibili have a parameter for it. Addresses come from transcripts, which are untrusted: a link has the
scheme file, http or https, leads to no other machine as a file, and only to what plays, never to a program.
"""

import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_SUFFIXES = (
    "mp3 m4a wav flac ogg opus aac wma aiff aif amr mp2 oga mka m4b ape silk dss "
    "mp4 m4v webm mkv mov mpg mpeg mts m2ts flv wmv avi 3gp ogv"
)
SUFFIXES = tuple(f".{suffix}" for suffix in _SUFFIXES.split())
"""Suffixes of recordings; of several beside a transcript, the first is taken: sound is smaller than pictures."""

_WEB = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_FILE = re.compile(r"file:(?://(?:localhost)?)?(?=/)", re.IGNORECASE)
_TIMED_HOSTS = re.compile(r"(?:(?:www|m|music)\.)?(?:youtube\.com|youtu\.be|bilibili\.com)", re.IGNORECASE)
_TIME = re.compile(r"t(?:ime_continue)?=")
_SAFE = "/:?#[]@!$&'()*+,;=%~"
"""What stays as it is in a web address: the delimiters of RFC 3986, and what is escaped already."""


def is_recording(name: str) -> bool:
    """Tell whether a file is a recording, by its name."""
    return PurePath(name).suffix.lower() in SUFFIXES


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web, without a user's name and password; a host is in ASCII (xn--)."""
    return address.isprintable() and bool(_WEB.fullmatch(address))


def local_path(written: str) -> str:
    """Return the path of a recording as it is written, also in a file: address; "" if it is not one on this machine."""
    opening = _FILE.match(written)
    path = unquote(written[opening.end() :]) if opening else written
    if opening and re.match(r"/[A-Za-z]:", path):
        path = path[1:]
    # //server/share asks another machine as soon as somebody looks whether it is there
    if not path.isprintable() or re.match(r"[/\\]{2}", path) or re.match(r"(?:https?|file):", path, re.IGNORECASE):
        return ""
    return path


def is_media(written: str) -> bool:
    """Tell whether a text names a recording: a web address, or a file that plays."""
    return is_web(written) or is_recording(local_path(written))


def link(media: str, start: int | None = None) -> str:
    """Return the link that opens a recording at a time in milliseconds, percent-encoded; "" if none is safe."""
    if is_web(media):
        return _web_link(media, start)
    path = local_path(media)
    if not is_recording(path):
        return ""
    pure = PureWindowsPath(path) if re.match(r"[A-Za-z]:[\\/]", path) else PurePosixPath(path)
    return f"{pure.as_uri()}{_fragment(start)}" if pure.is_absolute() else ""


def page_link(url: str, start: int | None) -> str:
    """Return the link to a time on the page of a video, "" if the page of a transcript is not one or has no time."""
    timed = start is not None and is_web(url) and _TIMED_HOSTS.fullmatch(urlsplit(url).netloc)
    return _web_link(url, start) if timed else ""


def short(media: str, start: int | None = None) -> str:
    """Return a link as people read it, which a program may not open: talk.mp3#t=63, www.youtube.com/watch?v=x&t=63."""
    if is_web(media):
        return link(media, start).partition("://")[2]
    name = re.split(r"[/\\]", media)[-1]
    return f"{name}{_fragment(start)}"


def timecode(milliseconds: int) -> str:
    """Return a position in a recording with its hours: 00:01:03."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def time_span(start: int | None, end: int | None) -> str:
    """Return from when until when somebody speaks: 00:01:03–00:01:20; "" without a time."""
    if start is None:
        return ""
    return timecode(start) if end is None or end <= start else f"{timecode(start)}–{timecode(end)}"


def _fragment(start: int | None) -> str:
    return "" if start is None else f"#t={start // 1000}"


def _web_link(url: str, start: int | None) -> str:
    parts = urlsplit(url)
    query, fragment = parts.query, parts.fragment
    if start is not None and _TIMED_HOSTS.fullmatch(parts.netloc):
        others = [one for one in query.split("&") if one and not _TIME.match(one)]
        query, fragment = "&".join([*others, f"t={start // 1000}"]), ""
    elif start is not None:
        fragment = f"t={start // 1000}"
    return quote(urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment)), safe=_SAFE)
