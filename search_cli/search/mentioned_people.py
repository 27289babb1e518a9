"""Resolve whom a request wants mentioned to the people whom the archive's turns mention.

A person is meant by any form of the canonical name, a part of a foreign one (乔丹), or an alias of speakers.toml. Of
somebody whom no turn mentions, as far as fangtan knows, turns that say the typed name are found.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.settings import Settings
from indexer.text.normalize import fold
from indexer.text.tokens import HAN
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.query.values import Stranger, Value
from search_cli.search.known_names import KnownNames, fields_of, speakers_named, with_fields

# compiled when they are needed: a set of all Han takes 2 ms
_HAN_NAME = f"[{HAN}·•・]+"
_LATIN_NAME = r"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*)*"
_DOTTED = f"[{HAN}]+(?:[·•・][{HAN}]+)+"


def resolve_mentions(settings: Settings, request: SearchRequest, names: KnownNames) -> SearchRequest:
    """Return the request with the people that it wants mentioned under their canonical names."""
    typed = [str(value) for one in fields_of(request) if one.name == "mentions" for value in one.values]
    if not typed:
        return request
    from indexer.enrich import speakers

    people = speakers_named(map(fold, typed), KnownNames({"speaker": names.names.get("mentions", ())}))
    known = speakers.load(settings.data / "speakers.toml")

    def named(value: str) -> tuple[Value, ...]:
        aliased = (known.canonical(value),) if known.has(value) else ()
        return aliased or people.get(fold(value), ()) or (Stranger(value, tuple(_forms(value)) or (value,)),)

    def change(one: Field) -> Field:
        if one.name != "mentions":
            return one
        return replace(one, values=tuple(dict.fromkeys(person for value in one.values for person in named(str(value)))))

    return with_fields(request, change)


def _forms(name: str) -> Iterator[str]:
    """Yield what a text may say for a name: all of it, its Han and its Latin part, the family name of 迈克尔·乔丹."""
    scripts = (*re.findall(_HAN_NAME, name), *re.findall(_LATIN_NAME, name))
    parts = scripts if len(scripts) == 2 and sum(map(len, map(fold, scripts))) == len(fold(name)) else (name,)
    for part in parts:
        if len(fold(part)) > 1:
            yield part
        if re.fullmatch(_DOTTED, part) and len(family := re.split("[·•・]", part)[-1]) > 1:
            yield family
