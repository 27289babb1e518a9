"""Index runs on a Dask cluster: the same documents as a run alone, whatever becomes of the workers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest
import trustme

from indexer import pipeline
from indexer.embeddings import turn_vectors
from indexer.embeddings.cluster_encoder import choose_encoder
from indexer.embeddings.encoder import Encoder
from indexer.enrich.enrich import load_knowledge
from indexer.errors import ClusterError, LoadingError, ModelError
from indexer.executors import choice, dask_cluster, worker_software
from indexer.executors.dask_cluster import DaskCluster
from indexer.executors.executor import Executor
from indexer.indexing.cluster_reader import ClusterReader
from indexer.indexing.knowledge_copy import KnowledgeCopy
from indexer.indexing.plan import Load, Plan
from indexer.indexing.prepare import Prepared, Step, prepare_completely
from indexer.indexing.transcript import Item
from indexer.indexing.workers import Workers, prepare_elsewhere
from indexer.language import messages
from indexer.language.languages import Language
from indexer.pipeline import Callbacks, IndexOptions
from indexer.report import Progress
from tests.elastic.conftest import ROOT, SAMPLE
from tests.elastic.test_embed import vectors
from tests.indexer.indexing.test_workers import SETTINGS, complete, load, loads
from tests.support import models
from tests.support.archives import Archive, line, transcript
from tests.support.cli import CommandLine

if TYPE_CHECKING:
    from distributed import LocalCluster

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

ANYWHERE = "127.0.0.1:0"
KNOWLEDGE = load_knowledge(SETTINGS)
COPY = KnowledgeCopy.of(KNOWLEDGE, SETTINGS)
ROLES = ("scheduler", "worker", "client")


@pytest.fixture(scope="module")
def cluster() -> Iterator["LocalCluster"]:
    """Three worker processes of one thread, which are started anew when they end."""
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=ANYWHERE) as started:
        yield started


@pytest.fixture
def executor(cluster: "LocalCluster") -> Iterator[Executor]:
    executor = dask_cluster.connect(cluster.scheduler_address)
    yield executor
    executor.close()


@pytest.fixture
def command_line(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(archive.settings, monkeypatch, capsys)


def pids(cluster: "LocalCluster") -> list[int]:
    return [worker.pid for worker in cluster.workers.values() if worker.pid]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What workers did: the paths that they read, the ids of the interviews that they prepared."""
    done: list[str] = []
    steps, items = Workers.prepare, ClusterReader._items

    def prepare(self: Workers, plans: Iterable[Plan]) -> Iterator[Step]:
        for step in steps(self, plans):
            if isinstance(step, Prepared) and isinstance(step.documents, tuple):
                done.append(step.interview_id)
            yield step

    def read(self: ClusterReader, pending: object, path: Path, *more: Any) -> Iterator[Item]:
        if pending is not None:
            done.append(path.name)
        return items(self, cast(Any, pending), path, *more)

    monkeypatch.setattr(Workers, "prepare", prepare)
    monkeypatch.setattr(ClusterReader, "_items", read)
    return done


def write_many(archive: Archive) -> None:
    """Transcripts, one with a sidecar file, and files that cannot be read."""
    for number in range(16):
        archive.write(**{f"访谈{number:02}_txt": transcript(9, f"合作与社交网络营销{number}")})
    archive.write(
        访谈03_toml='title = "三号访谈"', 访谈04_toml="title = ", 坏_docx="没有内容", 多_jsonl=line("一", "你好") * 2
    )


@pytest.mark.parametrize("are_shared", [True, False])
def test_a_killed_worker_loses_and_doubles_nothing(
    cluster: "LocalCluster", archive: Archive, elsewhere: list[str], monkeypatch: pytest.MonkeyPatch, are_shared: bool
) -> None:
    write_many(archive)
    known = archive.index()
    alone = archive.contents()
    archive.clear()
    if not are_shared:
        monkeypatch.setattr(ClusterReader, "_is_shared", lambda self, file: False)
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.files == 8 and not killed:
            killed.append(pids(cluster)[0])
            os.kill(killed[0], signal.SIGKILL)

    options = IndexOptions((archive.folder,), on=cluster.scheduler_address)
    report = pipeline.index(options, archive.settings, archive.client, Callbacks(kill))
    assert killed
    assert {"访谈00.txt", "访谈04.txt", "坏.docx"} <= set(elsewhere)
    assert "多.jsonl" not in elsewhere
    assert len(set(elsewhere)) > 20
    assert archive.contents() == alone
    assert (report.indexed, report.failed) == (known.indexed, known.failed)
    assert len(report.failed) > 2
    elsewhere.clear()
    again = pipeline.index(options, archive.settings, archive.client)
    assert (again.unchanged, again.indexed) == (report.indexed, 0)
    assert set(elsewhere) <= {"访谈04.txt", "坏.docx"}


def test_ctrl_c_ends_a_run_in_order(cluster: "LocalCluster", archive: Archive) -> None:
    write_many(archive)
    there = {"ELASTICSEARCH_URL": archive.settings.url, "FANGTAN_INDEX": archive.settings.index}
    process = subprocess.Popen(
        [sys.executable, "-m", "search_cli", "index", str(archive.folder), "--on", cluster.scheduler_address],
        cwd=ROOT,
        env={**os.environ, **there},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not archive.is_locked() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, out + err
    assert "Stopping after this interview" in err
    assert "Traceback" not in err
    assert not [line for line in err.splitlines() if "distributed" in line]
    archive.index()
    assert len(archive.ids()) == 16


def test_vectors_are_those_of_this_machine(
    cluster: "LocalCluster", archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write(a_txt=transcript(3), b_txt=transcript(2, "社交网络营销"))
    archive.index()
    turn_vectors.embed(archive.client, archive.settings, models.builtin())
    alone = vectors(archive)
    turn_vectors.drop(archive.client, archive.settings)
    monkeypatch.setattr(Encoder, "documents", None)  # in this process
    with choice.cluster(cluster.scheduler_address) as executor:
        report = turn_vectors.embed(archive.client, archive.settings, models.builtin(), executor=executor)
    assert report.written == len(alone) > 10
    assert vectors(archive) == alone


def test_workers_without_the_model_are_told(executor: Executor, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"No worker of the Dask cluster can embed: tcp://\S+: Its model is another"):
        choose_encoder(models.other_model(tmp_path / "model"), executor, lambda: None)


def test_what_is_known_is_sent_along(executor: Executor, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("红米手机的销量 1000 nz\n", encoding="utf-8")
    settings = replace(SETTINGS, data=tmp_path)
    known = load_knowledge(settings)
    alone = [prepare_completely(one, known) for one in loads(6)]
    assert alone != [prepare_completely(one, KNOWLEDGE) for one in loads(6)]
    workers = Workers(executor, known, settings)
    there = executor.share(KnowledgeCopy.of(known, settings))
    for path in tmp_path.iterdir():
        path.unlink()
    assert executor.submit(prepare_elsewhere, load(1), there).result(60) == alone[1]
    (tmp_path / "words.txt").write_text("", encoding="utf-8")
    with pytest.raises(LoadingError, match="A worker would prepare other documents"):
        list(workers.prepare(loads(6)))


class Deadly:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> tuple[Callable[[int], NoReturn], tuple[int]]:
        return os._exit, (1,)


def test_an_interview_that_ends_its_workers_is_told_by_name(
    cluster: "LocalCluster", executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    deadly = replace(load(2), duplicates=cast("tuple[str, ...]", (Deadly(),)))
    workers = Workers(executor, KNOWLEDGE, SETTINGS)
    done = list(workers.prepare([load(0), load(1)]))  # before: one that a worker has beside it ends with it here
    assert [one.interview_id for one in done if isinstance(one, Prepared)] == ["talk-0", "talk-1"]
    with pytest.raises(LoadingError, match=r"^Several workers ended while they prepared 访谈\.txt\.$"):
        list(workers.prepare([deadly]))


def test_what_the_scheduler_had_is_done_here_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=ANYWHERE, protocol="tcp://") as lost:
        executor = dask_cluster.connect(lost.scheduler_address)

        def losing() -> Iterator[Load]:
            yield from loads(3)
            lost.close()
            yield from loads(3)

        done = list(Workers(executor, KNOWLEDGE, SETTINGS).prepare(losing()))
        executor.close()
    assert [complete(one) for one in done if isinstance(one, Prepared)] == [
        prepare_completely(one, KNOWLEDGE) for one in (*loads(3), *loads(3))
    ]


def test_tls_needs_a_certificate(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    issued = authority.issue_cert("localhost", "127.0.0.1")
    issued.private_key_and_cert_chain_pem.write_to_path(tmp_path / "me.pem")
    roles = {f"tls_{role}_{what}": str(tmp_path / "me.pem") for role in ROLES for what in ("cert", "key")}
    security = distributed.Security(tls_ca_file=str(tmp_path / "ca.pem"), require_encryption=True, **roles)
    names = {"ca-file": "ca.pem", "client.cert": "me.pem", "client.key": "me.pem"}
    configured = {f"distributed.comm.tls.{name}": str(tmp_path / file) for name, file in names.items()}
    with distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=ANYWHERE, protocol="tls://", security=security
    ) as started:
        with pytest.raises(ClusterError, match="cannot be spoken to") as caught:
            dask_cluster.connect(started.scheduler_address)
        assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in caught.value.next_step
        with dask.config.set(configured), closing(dask_cluster.connect(started.scheduler_address)) as executor:
            assert executor.submit(prepare_elsewhere, load(1), executor.share(COPY)).result(60).turns == 2


@pytest.mark.parametrize("address", ["localhost:8786", "http://localhost:8786", "tcp://localhost", "tcp://a:b", "x"])
def test_what_is_no_address_is_told(address: str, command_line: CommandLine) -> None:
    printed = command_line("index", str(SAMPLE), "--on", address)
    assert printed.code == 2
    assert printed.err.splitlines() == [
        f"Error: --on {address} is not the address of a Dask scheduler.",
        "Try: Write it so: fangtan index FOLDER --on tcp://HOST:8786",
    ]


def test_nobody_at_the_address_is_told(command_line: CommandLine) -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        printed = command_line("index", str(SAMPLE), "--on", address)
    assert printed.code == 1
    assert printed.err.splitlines() == [
        f"Error: There is no Dask scheduler at {address}: Connection refused.",
        "Try: Start it there (dask scheduler), or leave --on out.",
    ]


def test_a_program_that_is_no_scheduler_is_told(archive: Archive) -> None:
    with pytest.raises(ClusterError, match="what is there does not answer as one"):
        dask_cluster.connect(archive.settings.url.replace("http://", "tcp://"))


@pytest.mark.usefixtures("chinese")
def test_workers_speak_the_language_of_each_run(executor: DaskCluster) -> None:
    said = "it is nested too deeply"
    for language, expected in ((Language.SIMPLIFIED, "嵌套太深"), (Language.ENGLISH, said)):
        messages.use(language)
        assert executor.submit(messages.gettext, said).result() == expected
        assert set(executor.ask(messages.gettext, said).values()) == {expected}


def test_workers_with_other_software_are_told(
    cluster: "LocalCluster", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_software, "__file__", str(tmp_path / "indexer/executors/worker_software.py"))
    worker_software.code_hash.cache_clear()
    with pytest.raises(ClusterError, match=r"worker tcp://\S+ would make other documents: it has the code of fangtan"):
        dask_cluster.connect(cluster.scheduler_address)
    worker_software.code_hash.cache_clear()


def test_a_scheduler_without_workers_is_told() -> None:
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=ANYWHERE) as empty,
        pytest.raises(ClusterError, match="has no workers") as caught,
    ):
        dask_cluster.connect(empty.scheduler_address)
    assert caught.value.next_step.startswith(f"Start one on each machine: dask worker {empty.scheduler_address} ")
