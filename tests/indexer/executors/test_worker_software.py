"""What is said of workers with other software than this process has."""

import pytest

from indexer.errors import ClusterError
from indexer.executors import worker_software
from indexer.language.messages import gettext

OURS = {"python": "3.12", "jieba": "0.42.1", "rjieba": "0.1.13"}
THEIRS = {"python": "3.12", "jieba": "0.41", "rjieba": "0.1.12"}


def told(address: str = "tcp://甲:1") -> ClusterError:
    with pytest.raises(ClusterError) as error:
        worker_software._compare(gettext(worker_software._OF_WORKER), OURS, THEIRS, address)
    return error.value


def test_what_differs_is_told() -> None:
    assert told().message == (
        "The Dask worker tcp://甲:1 would make other documents: it has jieba 0.41 (here 0.42.1), rjieba 0.1.12"
        " (here 0.1.13)."
    )


@pytest.mark.usefixtures("chinese")
def test_what_differs_is_told_in_chinese() -> None:
    assert told().message == (
        "Dask 工作进程 tcp://甲:1 会生成不同的文档：它那里是 jieba 0.41（本机为 0.42.1）、"
        "rjieba 0.1.12（本机为 0.1.13）。"
    )
    assert told().next_step == "在那里安装相同的版本（pip freeze 会列出本机的版本），再重新启动它。"
