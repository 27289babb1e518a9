"""What an installed fangtan has: the files beside the code that it cannot do without."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked as an installer does."""
    pytest.importorskip("hatchling", reason="the wheel is built by hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run((sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)), cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, script: str) -> str:
    """What a script prints that finds fangtan in the wheel alone."""
    script = f"import sys; sys.path.insert(0, {str(installed)!r})\n{script}"
    done = subprocess.run(
        (sys.executable, "-I", "-c", script), cwd=installed.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_jars_are_found(installed: Path) -> None:
    script = "from indexer.elastic.node.jars import LOCK_FILE, locked; print(LOCK_FILE, len(locked()))"
    assert run(installed, script) == f"{installed / 'indexer' / 'elastic' / 'node' / 'jgo.lock.toml'} 53"


def test_the_knowledge_of_the_samples_stays_in_the_repository(installed: Path) -> None:
    assert not list(installed.rglob("topics.toml"))
    script = "from indexer.enrich.enrich import load_knowledge; from indexer.settings import Settings"
    assert run(installed, f"{script}; print(len(load_knowledge(Settings(index='nobody')).topics.terms))") == "0"


def test_the_types_are_marked(installed: Path) -> None:
    assert (installed / "indexer" / "py.typed").is_file()
    assert (installed / "search_cli" / "py.typed").is_file()


def test_the_dashboard_is_found(installed: Path) -> None:
    script = "from search_cli.kibana.install import _path, ndjson; print(_path()); print(ndjson('fangtan'), end='')"
    path, _, text = run(installed, script).partition("\n")
    assert Path(path) == installed / "search_cli" / "kibana" / "fangtan.ndjson"
    assert f"{text}\n" == (ROOT / "data/kibana/fangtan.ndjson").read_text("utf-8")


def test_the_templates_of_reports_and_charts_are_found(installed: Path) -> None:
    packages = "'search_cli.report', 'search_cli.charts'"
    script = "from search_cli.charts.environment import environment as of"
    assert run(installed, f"{script}; print(*sorted(of({packages}).list_templates()))").split() == [
        *("chart.css.j2", "element.svg.j2", "file.svg.j2", "page.css.j2", "page.html.j2", "shapes.svg.j2")
    ]


def test_the_catalogues_are_found(installed: Path) -> None:
    script = "from indexer.language.translations import Language, translations as of"
    assert run(installed, f"{script}; print(*(of(one).gettext('Filters') for one in Language))") == "Filters 筛选 篩選"
    assert {path.name for path in (installed / "indexer/language/locale").rglob("*.*")} == {"fangtan.mo"}


def test_the_tools_of_the_repository_stay_in_it(installed: Path) -> None:
    assert not (installed / "search_cli" / "tools").exists()
    assert run(installed, "import search_cli.app; print(search_cli.app.__file__)").startswith(str(installed))
