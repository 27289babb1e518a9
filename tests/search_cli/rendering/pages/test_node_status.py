"""The page of `fangtan node status`; see also tests/elastic/test_three_nodes.py."""

import pytest

from indexer.elastic.node.state import State
from indexer.elastic.server_info import ClusterInfo, DiskUsage, IndexSize, NodeInfo, ServerInfo
from search_cli.rendering.pages.node_status import NodeStatus, node_status_lines

MEGABYTE = 2**20
INFO = ServerInfo("http://127.0.0.1:9200", "9.5.3", "fangtan", True, 100 * MEGABYTE, 512 * MEGABYTE, 7_300)
STATE = State(71, "running", "512m", 9200)
DISK = DiskUsage(5 * 2**30, (IndexSize("fangtan-turns-1", 96, 640 * 1024),))
ONE = NodeStatus({1: STATE}, INFO, DISK, "/data", token=True)
THREE = NodeStatus(
    {1: STATE, 2: State(72, "running", "256m", 9201), 3: None},
    INFO,
    DISK,
    "/data",
    token=False,
    cluster=ClusterInfo(
        {"fangtan-1": NodeInfo(100 * MEGABYTE, 200 * MEGABYTE, 40, master=True)},
        "yellow",
        1,
        0,
        {"fangtan-turns-1": (("fangtan-1", ""),)},
    ),
)


def test_one_node() -> None:
    assert list(node_status_lines(ONE)) == [
        "Elasticsearch  9.5.3, embedded, http://127.0.0.1:9200, process 71, up 2 h",
        "Serves         who has the token (fangtan node status --header), no web page",
        "Heap           512m, 20 % used",
        "Disk           640 KB in /data, 5.0 GB free",
        "Indices        fangtan-turns-1  96 documents, 640 KB",
    ]


@pytest.mark.usefixtures("chinese")
def test_one_node_in_chinese() -> None:
    assert list(node_status_lines(ONE)) == [
        "Elasticsearch  9.5.3，内嵌，http://127.0.0.1:9200，进程 71，已运行 2 小时",
        "开放给         持有令牌的程序（fangtan node status --header），网页除外",
        "堆内存         512m，已用 20 %",
        "磁盘           /data 占用 640 KB，剩余 5.0 GB",
        "索引           fangtan-turns-1  96 个文档，640 KB",
    ]


@pytest.mark.usefixtures("chinese")
def test_several_nodes_in_chinese() -> None:
    assert list(node_status_lines(THREE)) == [
        "Elasticsearch  9.5.3，内嵌，3 个节点，yellow：缺少 1 个分片副本",
        "开放给         本机的所有程序，网页除外",
        "节点 1         http://127.0.0.1:9200，进程 71，已运行 40 秒，堆内存 512m，已用 50 %，1 个分片，主节点",
        "节点 2         http://127.0.0.1:9201，进程 72，未加入集群",
        "节点 3         没有运行",
        "磁盘           /data 占用 640 KB，剩余 5.0 GB",
        "索引           fangtan-turns-1  96 个文档，640 KB，在节点 1+–",
    ]
