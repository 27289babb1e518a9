"""The port at which nodes of a cluster talk to each other: closed for a single node, among several theirs alone.

Whoever reaches that port needs no token: it serves every action of Elasticsearch, unencrypted, as the cluster's own
nodes need it. So a connection is accepted only if the other end belongs to the process of another node in the same
folder, and one that was opened stays open only if such a process listens at the other end; the system knows to whom a
connection over loopback belongs, and nobody without the rights of root reads along. A look takes 5 ms, and a node of
three accepts some 30 connections when it starts, and none later.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from indexer.elastic.node import state
from indexer.elastic.node.jvm import Java, field, java
from indexer.elastic.node.paths import NodePaths

if TYPE_CHECKING:
    from psutil._ntuples import pconn

# What Netty tells the handlers of a port that listens, and what it asks of them (io.netty.channel).
_EVENTS = (
    "channelRegistered",
    "channelUnregistered",
    "channelActive",
    "channelInactive",
    "channelReadComplete",
    "channelWritabilityChanged",
)


def close_transport(node: Java) -> None:
    """Close the port as soon as it is bound; to be called before the node starts.

    Elasticsearch has no setting for it. The channels are closed as Elasticsearch does it when it stops.
    """

    def close() -> None:
        for profile in _listening(node):
            java("org.elasticsearch.common.network.CloseableChannel").closeChannels(profile, True)

    _when_bound(node, close)


def guard_transport(node: Java, paths: NodePaths) -> None:
    """Accept, and keep, only connections with the other nodes of the cluster; to be called before the node starts."""
    from jpype import JProxy

    listener = java("org.elasticsearch.transport.TransportConnectionListener")
    service = node.injector().getInstance(java("org.elasticsearch.transport.TransportService").class_)

    def leave_others(connection: Java) -> None:
        if not _listens(paths, int(connection.getNode().getAddress().getPort())):
            connection.close()

    # all methods of the interface: JPype does not find default ones that have parameters
    others = ("onConnectionClosed", "onNodeConnected", "onNodeDisconnected")
    methods = {"onConnectionOpened": leave_others} | dict.fromkeys(others, lambda *_: None)
    service.addConnectionListener(JProxy(listener, dict=methods))
    _when_bound(node, lambda: _refuse_others(node, paths))


def _when_bound(node: Java, action: Callable[[], None]) -> None:
    """Do something when the port is bound, before any request is served: when the node learns its own address."""
    from jpype import JClass, JProxy

    transport_service = java("org.elasticsearch.transport.TransportService")
    service = node.injector().getInstance(transport_service.class_)
    own_factory = field(transport_service, "localNodeFactory")
    factory = own_factory.get(service)

    def make(bound: Java) -> Java:
        action()
        return factory.apply(bound)

    own_factory.set(service, JProxy(JClass("java.util.function.Function"), dict={"apply": make}))


def _listening(node: Java) -> Iterator[Java]:
    """Yield the lists of channels that listen, one of each profile."""
    yield from field(java("org.elasticsearch.transport.TcpTransport"), "serverChannels").get(_transport(node)).values()


def _transport(node: Java) -> Java:
    transport_service = java("org.elasticsearch.transport.TransportService")
    return field(transport_service, "transport").get(node.injector().getInstance(transport_service.class_))


def _refuse_others(node: Java, paths: NodePaths) -> None:
    """Put a check before what takes the connections of others, and close those that came before it."""
    for profile in _listening(node):
        for channel in profile:
            netty = field(channel, "channel").get(channel)
            netty.pipeline().addFirst("members", _check(netty, paths))
            _settle(netty)
    accepted = field(java("org.elasticsearch.transport.TcpTransport"), "acceptedChannels").get(_transport(node))
    for channel in list(accepted):
        channel.close()


def _settle(channel: Java) -> None:
    """Wait until every thread of Netty has done what it was given: the check is in place, no connection on its way."""
    from jpype import JClass, JProxy

    nothing = JProxy(JClass("java.lang.Runnable"), dict={"run": lambda: None})
    for thread in channel.eventLoop().parent():
        thread.submit(nothing).sync()


def _check(channel: Java, paths: NodePaths) -> Java:
    """Return a handler that hands on what the other nodes of the cluster have connected, and closes the rest."""
    from jpype import JClass, JProxy

    def pass_on(event: str) -> Callable[[Java], None]:
        return lambda context: getattr(context, f"fire{event[0].upper()}{event[1:]}")()

    def read(context: Java, accepted: Java) -> None:
        if _is_connected(paths, int(accepted.remoteAddress().getPort()), int(accepted.localAddress().getPort())):
            context.fireChannelRead(accepted)
        else:
            accepted.unsafe().closeForcibly()

    methods: dict[str, Callable[..., None]] = {event: pass_on(event) for event in _EVENTS} | {
        "channelRead": read,
        "userEventTriggered": lambda context, event: context.fireUserEventTriggered(event),
        "exceptionCaught": lambda context, cause: context.fireExceptionCaught(cause),
        "handlerAdded": lambda _: None,
        "handlerRemoved": lambda _: None,
    }
    loader = channel.getClass().getClassLoader()
    return JProxy(JClass("io.netty.channel.ChannelInboundHandler", loader=loader), dict=methods)


def _is_connected(paths: NodePaths, there: int, here: int) -> bool:
    """Tell whether the other end of a connection, at the port `there`, belongs to a node of the cluster."""
    return any(one.raddr and (one.laddr.port, one.raddr.port) == (there, here) for one in _connections(paths))


def _listens(paths: NodePaths, port: int) -> bool:
    """Tell whether a node of the cluster listens at a port."""
    return any(one.status == "LISTEN" and one.laddr.port == port for one in _connections(paths))


def _connections(paths: NodePaths) -> "Iterator[pconn]":
    """Yield the connections of all nodes of the cluster; processes of other users tell none."""
    import psutil

    for member in paths.members():
        found = state.read(member)
        process = (found and state.process(member, found)) or state.stray(member)
        with suppress(psutil.Error):
            yield from process.net_connections("tcp") if process else ()
