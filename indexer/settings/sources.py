"""Where each variable comes from; an address and what is sent to it come from one source.

A `.env` may be a stranger's: that of a folder which was downloaded. It must not get the credentials of the shell by
naming an address, and its own credentials, or the certificate it trusts, are not for the address of the shell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

ENVIRONMENT = gettext_noop("environment")
"""The source of variables that are not of a `.env`."""

_OURS = ("ELASTICSEARCH_", "FANGTAN_", "KIBANA_")
_SENT = {
    "ELASTICSEARCH_URL": (
        "ELASTICSEARCH_API_KEY",
        "ELASTICSEARCH_USERNAME",
        "ELASTICSEARCH_PASSWORD",
        "ELASTICSEARCH_CA_CERTS",
        "ELASTICSEARCH_CA_FINGERPRINT",
    ),
    "KIBANA_URL": ("KIBANA_API_KEY",),
}
"""The addresses, with what is only for them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The source of each variable that has not its default: `ENVIRONMENT`, or the path of a `.env`.

    `unused` are variables of a `.env` that belong to its address, where the environment has another one. `file` is the
    `.env` that was read, if there is one.
    """

    of: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    file: Path | None = None

    def check(self, address: str, names: Iterable[str]) -> None:
        """Raise `SettingsError` if one of `names` comes from another source than the address it is to be sent to."""
        for name in names:
            if address in self.of and name in self.of and self.of[name] != self.of[address]:
                raise _mixed(address, self.of[address], name, self.of[name])


def combine(
    environment: Mapping[str, str], lines: Mapping[str, str], file: Path | None
) -> tuple[dict[str, str], Sources]:
    """Return the variables, those of `environment` before the `lines` of a `.env`, and the source of each.

    Raises `SettingsError` if what is for Elasticsearch alone comes from another source than its address. For Kibana
    that is left to those who ask it (`Sources.check`).
    """
    ours = {name: value for name, value in environment.items() if name.startswith(_OURS)}
    place, unused = str(file), []
    if lines.get("ELASTICSEARCH_URL") and "ELASTICSEARCH_URL" not in ours:
        ours = _without_empty(ours)
    sources = {**dict.fromkeys(lines, place), **dict.fromkeys(ours, ENVIRONMENT)}
    values = {**lines, **ours}
    for address, sent in _SENT.items():
        if address in ours and lines.get(address):
            for name in sent:
                if name in lines and name not in ours:
                    unused += [name] if values.pop(name) else []
                    del sources[name]
    found = Sources({name: source for name, source in sources.items() if values[name]}, tuple(unused), file)
    found.check("ELASTICSEARCH_URL", _SENT["ELASTICSEARCH_URL"])
    return values, found


def _without_empty(environment: Mapping[str, str]) -> dict[str, str]:
    """Return variables without empty ones of those that are sent: they say nothing about the address of a `.env`."""
    return {name: value for name, value in environment.items() if value or name not in _SENT["ELASTICSEARCH_URL"]}


def _mixed(address: str, source: str, name: str, other: str) -> SettingsError:
    """Return the error for an address and credentials of two sources."""
    if other == ENVIRONMENT:
        problem = _(
            "{address} comes from {file}, {name} from the environment: a file's address gets nothing of the shell."
        )
        step = _(
            "Put both into one place: write {name} into that file, or export {address} too. If {name} is for something"
            " else: unset {name}"
        )
        return SettingsError(
            problem.format(address=address, file=source, name=name), step.format(address=address, name=name)
        )
    problem = _("{address} comes from {where}, {name} from {file}: they are sent to an address of the same file only.")
    step = _("Put both into one place: export {name} too, or write {address} into that file.")
    where = _("the environment") if source == ENVIRONMENT else source
    return SettingsError(
        problem.format(address=address, where=where, name=name, file=other), step.format(address=address, name=name)
    )
