"""The single steps of editing topics: rename, merge, drop, split, add. Pure.

Each takes the topics of a file and returns what changes in it. A topic stands
for its children too (商业 for 商业/广告).
What `fangtan topics learn` finds again afterwards:

    renamed             it keeps the name that it was given: `learned = true` remains
    merged, split, with a term added    the user's own: `learned = false`; learned topics like it are left out
    dropped             `dropped = true`: no turn has it, and learned topics like it are left out
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from indexer.errors import NotFoundError, UsageError
from indexer.language.messages import gettext as _
from indexer.text.normalize import fold, normalize
from indexer.text.shell import argument
from indexer.text.tokens import bigrams
from indexer.text.toml_statements import Content, Entry, EntryChange
from indexer.text.topic_path import SEPARATOR, is_below, leaf, parents
from indexer.topics import learn
from indexer.topics.topics_file import weights_of

Edit = Callable[[Content], list[EntryChange]]
"""A step of editing: the topics of a file to the changes of its entries."""


def rename(old: str, new: str) -> Edit:
    """Return the edit that gives a topic, and with it its children, another name."""

    def edit(content: Content) -> list[EntryChange]:
        name, to = find(content, old), _checked(new)
        if to == name:
            raise UsageError(_("{name} has this name already.").format(name=name), _("Write another one after it."))
        names = _whole(content, name)
        after = {one: to + one[len(name) :] for one in names}
        for one in after.values():
            if one in content and one not in names:
                raise UsageError(
                    _("There is a topic {name} already.").format(name=one),
                    _("Merge them: {command}").format(command=f"fangtan topics merge {argument(one)} {argument(name)}"),
                )
        return [EntryChange(one, after[one], _named(content[one], one, after[one])) for one in names]

    return edit


def merge(typed: Sequence[str], into: str = "") -> Edit:
    """Return the edit that makes one topic of several: of all their terms, under the name of the first or `into`."""

    def edit(content: Content) -> list[EntryChange]:
        found = [find(content, one) for one in typed]
        names = list(dict.fromkeys(one for name in found for one in _whole(content, name)))
        if len(names) < 2:
            raise UsageError(
                _("One topic cannot be merged with itself."), _("Name two or more; fangtan topics lists them.")
            )
        to = _checked(into) if into else found[0]
        if to in content and to not in names:
            told = _("There is a topic {name} already.").format(name=to)
            raise UsageError(told, _("Name it among those to be merged."))
        merged = _edited(*(content[one] for one in names), terms=_merged(content, names, to))
        return [EntryChange(names[0], to, merged), *(EntryChange(one, "", {}) for one in names[1:])]

    return edit


def drop(typed: Sequence[str]) -> Edit:
    """Return the edit that takes topics away; learned ones stay in the file as dropped, and are not learned again."""

    def edit(content: Content) -> list[EntryChange]:
        names = dict.fromkeys(one for name in typed for one in _whole(content, find(content, name)))
        return [
            EntryChange(name, name, {"dropped": True, **{k: v for k, v in content[name].items() if k != "learned"}})
            if "learned" in content[name]
            else EntryChange(name, "", {})
            for name in names
        ]

    return edit


def split(typed: str, terms: Sequence[str], into: str) -> Edit:
    """Return the edit that moves terms of a topic to another one, which is new if need be."""

    def edit(content: Content) -> list[EntryChange]:
        name = _entry_name(content, typed)
        weights = weights_of(content[name])
        moved = {_term(weights, name, term): 0.0 for term in terms}
        if not moved or len(moved) == len(weights):
            told = _("{name} must keep some of its terms and lose some.").format(name=name)
            raise UsageError(told, _its_terms(weights))
        moved = {term: weights[term] for term in moved}
        rest = {term: weight for term, weight in weights.items() if term not in moved}
        to = _checked(into)
        if to == name:
            raise UsageError(_("The terms are there already."), _("Name another topic after --into."))
        there = content.get(to)
        _check_kept(to, there)
        target = _edited(*([there] if there else []), content[name], terms={**weights_of(there or {}), **moved})
        changes = [EntryChange(name, name, _edited(content[name], terms=rest))]
        return [*changes, EntryChange(to if there else "", to, target, behind=name)]

    return edit


def add(typed: str, terms: Sequence[str], weight: float = 1.0) -> Edit:
    """Return the edit that adds terms to a topic, or a new topic with them."""

    def edit(content: Content) -> list[EntryChange]:
        name = _existing(content, typed)
        new = dict.fromkeys(map(_checked_term, terms), weight)
        if name is None:
            to = _checked(typed)
            _check_kept(to, content.get(to))
            return [EntryChange("", to, _fields(new))]
        if name not in content:  # only its children have entries
            return [EntryChange("", name, _fields(new))]
        weights = weights_of(content[name])
        if all(weights.get(term) == value for term, value in new.items()):
            told = _("{name} has {terms} already.").format(name=name, terms=" ".join(new))
            raise UsageError(told, _("Give another --weight, or other terms."))
        return [EntryChange(name, name, _edited(content[name], terms={**weights, **new}))]

    return edit


def find(content: Content, typed: str) -> str:
    """Return the topic of a file that a name means: the name in either script, its last part, or one of its words.

    Less is a mistake sooner than a name, where something is changed: the topics that contain it are only suggested.
    A parent of which only the children have entries counts too. Raises `NotFoundError`.
    """
    found = _meant(content, typed)
    if len(found) == 1:
        return found[0]
    if found:
        told = _("{name} is a part of {number} topics.").format(name=typed, number=len(found))
        raise NotFoundError(told, tuple(found[:5]), _("Write more of the name."))
    told = _("topics.toml has no topic {name}.").format(name=typed)
    raise NotFoundError(told, _nearest(content, typed), _("fangtan topics lists them."))


def names(content: Content) -> tuple[str, ...]:
    """Return the topics that are not dropped, and their parents."""
    kept = [name for name, entry in content.items() if not entry.get("dropped")]
    return tuple(dict.fromkeys(one for name in kept for one in (*parents(name), name)))


def _meant(content: Content, typed: str) -> list[str]:
    every, folded = names(content), fold(typed)
    exact = [name for name in every if fold(name) == folded]
    return exact or [name for name in every if folded in map(fold, (leaf(name), *leaf(name).split(learn.SEPARATOR)))]


def _existing(content: Content, typed: str) -> str | None:
    """Return the topic with exactly this name in either script; None if there is none."""
    return next((name for name in names(content) if fold(name) == fold(typed)), None)


def _nearest(content: Content, typed: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    every = names(content)
    holding = [name for name in every if typed and fold(typed) in fold(name)]
    return tuple(dict.fromkeys((*holding[:3], *get_close_matches(typed, every, 3, 0.4))))


def _entry_name(content: Content, typed: str) -> str:
    name = find(content, typed)
    if name not in content:
        told = _("{name} has no terms of its own, only its children have.").format(name=name)
        raise UsageError(told, f"fangtan topic {argument(name)}")
    return name


def _whole(content: Content, name: str) -> list[str]:
    """Return the entries of a topic and of its children, in the order of the file."""
    return [one for one, entry in content.items() if not entry.get("dropped") and (one == name or is_below(one, name))]


def _named(entry: Entry, old: str, new: str) -> Entry:
    """Return the entry of a topic under another name: the old name of one's own topic remains one of its terms."""
    if "learned" in entry or leaf(old) == leaf(new) or leaf(old) in weights_of(entry) or not _is_term(leaf(old)):
        return entry
    return {**entry, "terms": [leaf(old), *entry.get("terms", ())]}


def _check_kept(name: str, entry: Entry | None) -> None:
    """Raise `UsageError` for a topic that was dropped."""
    if entry is not None and entry.get("dropped"):
        raise UsageError(_("{name} was dropped.").format(name=name), _("Delete its entry first: fangtan topics edit"))


def _merged(content: Content, names: Iterable[str], to: str) -> dict[str, float]:
    """Return the terms of several topics, each with its highest weight; those of one's own have their names too."""
    merged: dict[str, float] = {}
    for name in names:
        is_term = "learned" not in content[name] and leaf(name) != leaf(to) and _is_term(leaf(name))
        own = {leaf(name): 1.0} if is_term else {}
        for term, weight in {**own, **weights_of(content[name])}.items():
            merged[term] = max(weight, merged.get(term, 0.0))
    return merged


def _edited(*before: Entry, terms: Mapping[str, float]) -> dict[str, Any]:
    """Return an entry that is the user's own from now on; `learned = false` tells that it was learned once."""
    return {**({"learned": False} if any("learned" in entry for entry in before) else {}), **_fields(terms)}


def _fields(terms: Mapping[str, float]) -> dict[str, Any]:
    """Return the fields of an entry: terms that weigh 1, and the weights of the others."""
    plain = [term for term, weight in terms.items() if weight == 1]
    weighed = {term: weight for term, weight in terms.items() if weight != 1}
    return {**({"terms": plain} if plain else {}), **({"weights": weighed} if weighed else {})}


def _term(weights: Mapping[str, float], name: str, typed: str) -> str:
    """Return the term of a topic as the file has it; raise `NotFoundError` if it has none like it."""
    wanted = normalize(typed).text.strip()
    found = next((term for term in weights if normalize(term).text == wanted), None)
    if found is None:
        told = _("{name} has no term {term}.").format(name=name, term=typed)
        raise NotFoundError(told, (), _its_terms(weights))
    return found


def _its_terms(weights: Mapping[str, float]) -> str:
    """Return the next step for other terms than those that a topic has."""
    return _("Its terms: {terms}").format(terms=" ".join(list(weights)[:20]))


def _checked(name: str) -> str:
    """Return a new name without spaces around it; raise `UsageError` for one that is none."""
    stripped = name.strip()
    if not stripped or not stripped.isprintable() or (SEPARATOR in stripped and not parents(stripped)):
        raise UsageError(
            _("“{name}” is not the name of a topic.").format(name=stripped),
            _("Write it as 商业, or 商业/广告 for a part of it."),
        )
    return stripped


def _checked_term(term: str) -> str:
    """Return a term without spaces around it; raise `UsageError` for one that no text has."""
    stripped = term.strip()
    if not stripped.isprintable() or not _is_term(stripped):
        told = _("“{term}” is not a term: no letter of it is searched for.").format(term=stripped)
        raise UsageError(told, _("Write a word or a phrase."))
    return stripped


def _is_term(text: str) -> bool:
    return bool(bigrams(normalize(text).text))
