"""The errors of a node that does not run."""

import errno
import sys

import pytest

from indexer.elastic.node.startup_errors import check_open_files, crash_error, map_os_errors, messages, startup_error
from indexer.errors import NodeError

SETTINGS = {"path.data": "/home/张三/node/data", "http.port": "9200"}


class Cause:
    """A stand-in for a Java exception."""

    def __init__(self, name: str, message: str | None, cause: "Cause | None" = None) -> None:
        self.name, self.message, self.cause = name, message, cause

    def getMessage(self) -> str | None:  # noqa: N802  Java's name
        return self.message

    def getCause(self) -> "Cause | None":  # noqa: N802  Java's name
        return self.cause

    def getClass(self) -> "Cause":  # noqa: N802  Java's name
        return self

    def getSimpleName(self) -> str:  # noqa: N802  Java's name
        return self.name


def test_messages_from_the_outside_in() -> None:
    error = Cause("IllegalStateException", "failed", Cause("IOException", None, Cause("BindException", "in use")))
    assert messages(error) == ("IllegalStateException: failed", "IOException", "BindException: in use")


def test_the_port_between_nodes_is_told_from_that_of_requests() -> None:
    text = ("BindTransportException: Failed to bind to 127.0.0.1:[9301]", "BindException: Address already in use")
    error = startup_error(text, SETTINGS | {"transport.port": "9301"})
    assert error.message.startswith("Port 9301, for the other nodes, was taken")
    assert error.next_step == "fangtan node start"


def test_messages_of_a_cause_that_is_its_own() -> None:
    error = Cause("IOException", "round")
    error.cause = error
    assert set(messages(error)) == {"IOException: round"}


@pytest.mark.parametrize(
    ("said", "message", "next_step"),
    [
        (
            ("ElasticsearchException: failed to load metadata", "CorruptStateException: the index is unreadable"),
            "The data in /home/张三/node/data are damaged",
            "fangtan node reset",
        ),
        (("BindHttpException: Failed to bind to 127.0.0.1:9200",), "Port 9200 is used", "FANGTAN_NODE_PORT"),
        (("IOException: x", "BindException: Address already in use"), "Port 9200 is used", "FANGTAN_NODE_PORT"),
        (
            ("IllegalStateException: failed to obtain node locks, tried [/x]; maybe these locations",),
            "/home/张三/node/data is in use",
            "fangtan node stop",
        ),
        (
            ("IllegalStateException: cannot downgrade a node from version [9.6.0] to version [9.5.3]",),
            "another version of Elasticsearch: IllegalStateException: cannot downgrade",
            "Move that folder away",
        ),
        (("OutOfMemoryError: Java heap space",), "ran out of memory", "FANGTAN_NODE_HEAP"),
        (("RuntimeException: outer", "IOException: inner"), "did not start: IOException: inner", "fangtan node logs"),
    ],
)
def test_why_a_node_does_not_start(said: tuple[str, ...], message: str, next_step: str) -> None:
    error = startup_error(said, SETTINGS)
    assert message in error.message
    assert next_step in error.next_step


@pytest.mark.parametrize(
    ("console", "message", "next_step"),
    [
        ("Terminating due to java.lang.OutOfMemoryError: Java heap space\n", "its heap of 96m was too small", "1g"),
        (
            "#\n# There is insufficient memory for the Java Runtime Environment to continue.\n# Native memory\n",
            "enough memory for its heap of 96m",
            "less",
        ),
        (
            "Error occurred during initialization of VM\nCould not reserve enough space for 104857 KB object heap\n",
            "enough memory for its heap of 96m",
            "less",
        ),
        ("Traceback (most recent call last):\n  File\nOSError: no\n\n", "stopped: OSError: no", "fangtan node logs"),
        ("", "was killed", "fangtan node logs"),
        (" \n", "was killed", "fangtan node logs"),
    ],
)
def test_a_crash(console: str, message: str, next_step: str) -> None:
    error = crash_error(console, "96m")
    assert message in error.message
    assert next_step in error.next_step


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_limit_of_open_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 64))
    with pytest.raises(NodeError, match="may open only 64 files here") as caught:
        check_open_files()
    assert "ulimit -n" in caught.value.next_step
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, resource.RLIM_INFINITY))
    check_open_files()


def test_a_crash_with_an_unknown_heap() -> None:
    assert "its heap was too small" in crash_error("java.lang.OutOfMemoryError", "").message


def test_a_folder_that_cannot_be_written() -> None:
    with pytest.raises(NodeError) as caught, map_os_errors():
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/node")
    assert "/srv/node: Permission denied" in caught.value.message
    assert "FANGTAN_NODE_DATA" in caught.value.next_step
    assert "space" not in caught.value.next_step


def test_a_full_disk() -> None:
    with pytest.raises(NodeError, match="its files: No space left on device"), map_os_errors():
        raise OSError(errno.ENOSPC, "No space left on device")


def test_other_errors_pass() -> None:
    with pytest.raises(NodeError, match="kept"), map_os_errors():
        raise NodeError("kept")


def test_the_process_of_a_node_leaves_the_language_to_others(chinese: None) -> None:
    reason = "CorruptStateException: {the index} is unreadable"
    error = startup_error(("ElasticsearchException: failed", reason), SETTINGS)
    assert error.message == "/home/张三/node/data 里的数据已损坏，Elasticsearch 无法启动：{the index} is unreadable"
    assert error.next_step == "从空的开始（文稿不受影响；备份用 fangtan restore DIR 恢复）：fangtan node reset"
    assert error.text == "The data in {data} are damaged, and Elasticsearch cannot start with them: {reason}"
    assert error.values == {"data": "/home/张三/node/data", "reason": "{the index} is unreadable"}
    killed = crash_error("", "")
    assert (killed.message, killed.next_step) == (
        "Elasticsearch 被强行终止：有人这样做，或者本机内存不足。",
        "fangtan node logs",
    )
