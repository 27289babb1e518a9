"""The names of the speakers of ASR output, where a list beside the segments has them.

rev.ai      {"speakers": [{"id": 1, "name": "石守一"}], "monologues": [{"speaker": 1, …}]}
others      {"speakers": {"SPEAKER_00": "石守一"}, "segments": [{"speaker": "SPEAKER_00", …}]}
"""

from collections.abc import Iterator, Mapping

from indexer.readers.formats import asr_fields

_LISTS = ("speakers", "speaker_names", "speaker_map", "speakerMap", "speakerNames", "participants")
_IDS = ("id", "speakerid", "speakerlabel", "label", "speaker", "spk", "key", "index")
_NAMES = ("displayname", "name", "username", "nickname", "speakername", "fullname")
_MAX_DIGITS = 9


def names(content: object) -> dict[str, str]:
    """Return the names by the labels of the segments, empty if there is no such list."""
    if not isinstance(content, Mapping):
        return {}
    listed = next((content[key] for key in _LISTS if isinstance(content.get(key), Mapping | list)), ())
    pairs = listed.items() if isinstance(listed, Mapping) else _pairs(listed)
    return {
        label: " ".join(name.split())
        for key, name in pairs
        if isinstance(name, str) and name.strip() and (label := _label(key))
    }


def _pairs(listed: object) -> Iterator[tuple[object, object]]:
    """Yield id and name of each person in a list; one without an id is counted from 0."""
    for number, person in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(person, Mapping):
            fields = asr_fields.with_normalized_keys(person)
            ids = (fields[key] for key in _IDS if fields.get(key) is not None)
            yield next(ids, number), next((fields[key] for key in _NAMES if fields.get(key)), None)


def _label(key: object) -> str | None:
    """Return the label that segments have for an id; a number may be a text."""
    is_number = isinstance(key, str) and key.isdecimal() and len(key) <= _MAX_DIGITS
    return asr_fields.speaker_label(int(str(key)) if is_number else key)
