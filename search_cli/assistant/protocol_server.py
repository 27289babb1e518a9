"""The tools over the Model Context Protocol, on standard input and output.

Standard output belongs to the protocol: `protocol_streams` gives it a descriptor of its own and leads everything else
that is printed, also by libraries and child processes, to standard error.
"""

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, BinaryIO

from indexer.errors import ElasticError, FangtanError
from indexer.language import messages
from indexer.language.languages import Language
from search_cli.assistant import tool_answers
from search_cli.assistant.read_tools import TOOLS, ReadTool
from search_cli.assistant.tool_arguments import schema

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolResult, Tool

    from search_cli.archive import Archive

NAME = "fangtan"

INSTRUCTIONS = (
    "fangtan searches an archive of Chinese interviews and meetings. Find turns with search, count with facets and"
    " timeline, read around a hit with show. Cite what you use with its citation and address. Before you quote, call"
    " verify_quotation, and quote only what it calls verbatim. An answer that leaves something out says so in cut, with"
    " how to get it: do not take a page for the whole. Errors name a next_step; where it is a fangtan command or option"
    f" (--speaker X), the tool or argument of that name does the same. {tool_answers.UNTRUSTED}"
)


class OpenArchive:
    """The archive, opened when the first tool is called, and again after Elasticsearch did not answer."""

    def __init__(self, open_archive: "Callable[[], Archive]") -> None:
        self._open, self._archive = open_archive, None

    _archive: "Archive | None"

    def answer(self, tool: ReadTool, given: Mapping[str, object]) -> dict[str, Any]:
        """Return the answer of a tool; raise `FangtanError`."""
        try:
            if self._archive is None:
                self._archive = self._open()
            return tool(self._archive, given)
        except ElasticError:
            self._archive = None
            raise


def serve(open_archive: "Callable[[], Archive]", version: str) -> None:
    """Answer requests until standard input ends, or a signal comes; in English, as tools are described."""
    import anyio

    messages.use(Language.ENGLISH)
    for one in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, one):
            signal.signal(getattr(signal, one), _end_at_once)
    with protocol_streams() as (source, target):
        anyio.run(_serve, make_server(OpenArchive(open_archive), version), source, target)


def _end_at_once(number: int, frame: FrameType | None) -> None:
    """End this process: it only reads, and the thread that waits for input would keep it from ending in order."""
    os._exit(128 + number)


async def _serve(server: "Server[Any, Any]", source: BinaryIO, target: BinaryIO) -> None:
    import anyio
    from mcp.server.stdio import stdio_server

    texts = (io.TextIOWrapper(source, "utf-8", errors="replace"), io.TextIOWrapper(target, "utf-8", newline="\n"))
    async with stdio_server(*map(anyio.wrap_file, texts)) as (read, write):
        await server.run(read, write, server.create_initialization_options())


def make_server(archive: OpenArchive, version: str) -> "Server[Any, Any]":
    """Return the server with its tools, which answer one after another."""
    import anyio
    from mcp.server.lowlevel import Server

    server: Server[Any, Any] = Server(NAME, version=version, instructions=INSTRUCTIONS)
    by_name = {tool.name: tool for tool in TOOLS}
    one_at_a_time = anyio.CapacityLimiter(1)

    @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator]
    async def list_tools() -> "list[Tool]":
        return [definition(tool) for tool in TOOLS]

    @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]
    async def call_tool(name: str, arguments: dict[str, Any]) -> "CallToolResult":
        def answered() -> "CallToolResult":
            return result(archive, by_name.get(name), name, arguments)

        return await anyio.to_thread.run_sync(answered, limiter=one_at_a_time)

    return server


def definition(tool: ReadTool) -> "Tool":
    """Return the definition of a tool: its schemas, and that it only reads."""
    from mcp.types import Tool, ToolAnnotations

    results: dict[str, Any] = {name: {"type": kind} for name, kind in tool.results.items()}
    always = {"untrusted": {"type": "string"}, "cut": {"type": "array", "items": {"type": "string"}}}
    answer = {"type": "object", "properties": {**always, **results}, "required": [*always, *results]}
    hints = ToolAnnotations(
        title=tool.title, readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
    )
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        inputSchema=schema(tool.parameters),
        outputSchema=answer,
        annotations=hints,
    )


def result(archive: OpenArchive, tool: ReadTool | None, name: str, given: Mapping[str, object]) -> "CallToolResult":
    """Return the result of a call; an error is one with its next step, and a bug leaves its traceback on stderr."""
    try:
        if tool is None:
            known = ", ".join(one.name for one in TOOLS)
            raise FangtanError(f"There is no tool {tool_answers.name(name)}.", f"Tools: {known}.")
        return _result(archive.answer(tool, given))
    except FangtanError as error:
        return _result(tool_answers.error_answer(error), is_error=True)
    except Exception as error:  # noqa: BLE001 - the assistant is told, and the session goes on
        traceback.print_exc(file=sys.stderr)
        bug = FangtanError(f"fangtan failed: {type(error).__name__}.", "This is a bug; the log of the server has more.")
        return _result(tool_answers.error_answer(bug), is_error=True)


def _result(found: dict[str, Any], *, is_error: bool = False) -> "CallToolResult":
    """Return a result with its structured content, and the same as text for clients that read no other."""
    from mcp.types import CallToolResult, TextContent

    text = json.dumps(found, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=found, isError=is_error)


@contextmanager
def protocol_streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Give standard input and output to the protocol; what else reads gets nothing, what else prints goes to stderr."""
    with os.fdopen(os.dup(0), "rb") as source, os.fdopen(os.dup(1), "wb") as target:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        yield source, target
