"""An archive that goes from one node to three and back, also where the way back is killed: nothing of it is lost.

`python -m pytest -n 0 -s tests/trials/cluster_sizes.py`: some two minutes for each of `RESIZES` kills; `SEED` repeats
them.
"""

import os
import signal
import sys
import time
from pathlib import Path

from indexer.elastic import cluster_size
from indexer.elastic.node import manager, member
from indexer.elastic.node.paths import node_paths
from tests.support.forked import Forked
from tests.support.trials import Changing, bound, chance, environment, own_node


def test_there_and_back(tmp_path: Path) -> None:
    dice = chance("cluster sizes")
    with own_node(tmp_path) as settings:
        archive, nodes = Changing(settings, tmp_path / "transcripts"), node_paths(settings)
        archive.files(False)
        assert archive.run("index", str(archive.folder)).returncode == 0
        wanted, seconds, left = archive.contents(), 0.0, []
        for number in range(bound("RESIZES", 3) + 1):
            cluster_size.resize(settings, member.NODES)
            assert archive.contents() == wanted, f"{number}: on three"
            if number:
                process = Forked(("node", "start", "--nodes", "1"), environment(settings))
                time.sleep(dice.uniform(0, seconds))
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                left.append(len(nodes.members()))
                assert archive.run("node", "start").returncode == 0, number
                assert archive.contents() == wanted, f"{number}: killed with {left[-1]} nodes left"
            began = time.monotonic()
            cluster_size.resize(settings, 1)
            seconds = time.monotonic() - began if not number else seconds
            assert archive.contents() == wanted, f"{number}: on one"
            assert len(manager.running(nodes.members())) == 1
    sys.stdout.write(f"{len(left)} ways back killed with {left} nodes left; nothing lost\n")
