"""Check that workers elsewhere have the software of this process, so that they make the same documents."""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import ClusterError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

if TYPE_CHECKING:
    from distributed import Client

_PACKAGES = (
    *("fangtan", "jieba", "rjieba", "opencc", "orjson", "numpy"),
    *("selectolax", "lxml", "python-docx", "openpyxl", "pysubs2", "pypdfium2"),
    *("dask", "distributed", "cloudpickle"),
)
"""What documents depend on, and what tasks are sent with."""

_NEEDED_TO_HAND_ON = ("python", "fangtan", "dask", "distributed", "cloudpickle")
"""What a scheduler has to have, which builds the functions of tasks."""

_CODE = gettext_noop("the code of fangtan")

_OF_SCHEDULER = gettext_noop("The Dask scheduler cannot hand tasks on: it has {others}.")
_OF_WORKER = gettext_noop("The Dask worker {address} would make other documents: it has {others}.")


@cache
def code_hash() -> str:
    """Return a hash of the modules of this process's `indexer`: versions under development have one number."""
    root = Path(__file__).parents[1]
    found = blake2b(digest_size=8)
    for file in sorted(root.rglob("*.py")):
        found.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def check(client: "Client") -> None:
    """Raise `ClusterError` for a worker, or a scheduler, with another Python or other packages than this process."""
    found = client.get_versions(packages=list(_PACKAGES))
    ours = _versions(found["client"]["packages"])
    needed = {name: ours[name] for name in _NEEDED_TO_HAND_ON}
    _compare(_(_OF_SCHEDULER), needed, _versions(found["scheduler"]["packages"]))
    for address, one in found["workers"].items():
        _compare(_(_OF_WORKER), ours, _versions(one["packages"]), address)
    for address, hash_ in client.run(code_hash).items():
        code = _(_CODE)
        _compare(_(_OF_WORKER), {code: code_hash()}, {code: hash_}, address)


def _versions(packages: Mapping[str, str | None]) -> dict[str, str]:
    """Return versions by package, of Python without the part that changes nothing."""
    python = ".".join(str(packages["python"]).split(".")[:2])
    return {"python": python, **{name: packages.get(name) or _("not installed") for name in _PACKAGES}}


def _compare(problem: str, ours: Mapping[str, str], theirs: Mapping[str, str], address: str = "") -> None:
    """Raise `ClusterError` with a problem if there are {others} instead."""
    others = [
        _("{package} {version} (here {here})").format(package=name, version=theirs[name], here=version)
        for name, version in ours.items()
        if theirs[name] != version
    ]
    if others:
        raise ClusterError(
            problem.format(address=address, others=_(", ").join(others)),
            _("Install the same versions there (pip freeze lists those of here), and start it again."),
        )
