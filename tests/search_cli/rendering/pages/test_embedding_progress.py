"""The report of `fangtan embed`."""

from dataclasses import replace

import pytest

from indexer.embeddings.embedding_run import EmbeddingReport
from search_cli.rendering.pages.embedding_progress import dropped_lines, progress_bar, report_lines
from search_cli.rendering.terminal.styles import cells, plain_text

DONE = EmbeddingReport("示例", 46_553, 46_553, 44_012, 5_512_340, seconds=372.4, embedding=351.0, device="CPU")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            DONE,
            "46,553 turns got a vector of 示例, in 372.4 s; embedded 44,012 texts, 5,512,340 characters, "
            "15,705 a second on CPU.",
        ),
        (replace(DONE, texts=0), "46,553 turns got a vector of 示例, in 372.4 s; all texts were embedded before."),
        (replace(DONE, written=0, texts=0), "Every turn has its vector (46,553 turns, 示例)."),
        (replace(DONE, turns=0), "The archive has no turns."),
    ],
)
def test_a_run_says_what_it_did(report: EmbeddingReport, said: str):
    lines = report_lines(report, 80)
    assert " ".join(plain_text(one).strip() for one in lines) == said
    assert max(map(cells, lines)) <= 80


def test_a_stopped_run_says_how_to_go_on():
    said = " ".join(plain_text(one) for one in report_lines(replace(DONE, written=1_000, interrupted=True), 80))
    assert said.startswith("Stopped: 1,000 of 46,553 turns got a vector")
    assert said.endswith("Run the same command again for the rest.")


def test_another_model_is_named():
    assert "They replace those of 别的." in plain_text(report_lines(replace(DONE, replaced="别的"), 80)[-1])


def test_dropped_vectors_are_counted():
    assert plain_text(dropped_lines(1, 80)[0]) == "Removed the vectors of 1 turn. To make them again: fangtan embed"
    assert plain_text(dropped_lines(0, 80)[0]) == "No turn has a vector."


def test_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]):
    with progress_bar():
        pass
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("chinese")
def test_a_report_in_chinese():
    stopped = replace(DONE, written=1_000, interrupted=True)
    assert [plain_text(one) for one in report_lines(stopped, 80)] == [
        "已停止：46,553 轮发言中有 1,000 轮得到了向量，用时 372.4 秒；计算了 44,012 篇文",
        "本，共 5,512,340 字，在 CPU 上每秒 15,705 字。再运行一次同样的命令，即可完成其余",
        "部分。",
    ]
    assert plain_text(dropped_lines(1, 80)[0]) == "已删除 1 轮发言的向量。重新计算：fangtan embed"
