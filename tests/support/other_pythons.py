"""`make check`: every module imported by each newer Python of this machine, with the libraries of this environment.

Compiled libraries are for one Python alone; modules import them inside functions, so that the others get this far.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MINORS = (12, 13, 14)
IMPORTS = """
import importlib, pkgutil
for package in ("indexer", "search_cli"):
    folders = importlib.import_module(package).__path__
    for one in pkgutil.walk_packages(folders, f"{package}."):
        if not one.name.endswith("__main__"):
            importlib.import_module(one.name)
"""


def pythons() -> Iterator[str]:
    """Yield one that runs of each version: a version manager's name for a Python may be there without the Python."""
    for minor in MINORS:
        name = f"python3.{minor}"
        managed = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/{name}"))
        for python in filter(None, (shutil.which(name), *map(str, managed))):
            if subprocess.run([python, "-c", ""], capture_output=True).returncode == 0:
                yield python
                break


def main() -> int:
    """Return 1 if there is a Python that cannot import a module."""
    paths = os.pathsep.join((str(ROOT), sysconfig.get_path("purelib")))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    failed = 0
    for python in pythons():
        done = subprocess.run([python, "-W", "error::SyntaxWarning", "-c", IMPORTS], cwd=ROOT, env=environment)
        sys.stdout.write(f"{python}: {'failed' if done.returncode else 'every module can be imported'}\n")
        failed |= done.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
