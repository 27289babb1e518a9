"""Blocks at the end that promote the site, and talk about the same things that does not."""

import pytest

from indexer.parser import promotion
from tests.support.scripts import lines, marked, said

TALK = "记者：好吗？\n馆长：好。\n记者：真好？\n馆长：真好。欢迎大家来看。\n"
PLUG = "渡口新闻没有广告，靠读者按月付费。如果觉得有用，欢迎订阅，每周五会收到编辑室的信。"


@pytest.mark.parametrize(
    "tail",
    [
        f"---\n{PLUG}\n按月订阅 https://dukou.example/about",
        f"————\n{PLUG}",
        "---\n支持我们\n一次性捐款 https://dukou.example/donate",
        "订阅本刊：https://dukou.example/a\n下载我们的客户端 https://dukou.example/b",
    ],
)
def test_what_promotes_the_site_is_not_said(tail: str) -> None:
    assert said(TALK + tail)[-1] == ("馆长", "真好。欢迎大家来看。")


@pytest.mark.parametrize(
    "answer",
    [
        "我们的公众号有三万读者，没有广告，也没有人付费订阅。",  # no rule, no link
        "订阅的人不多。具体可以看 https://dukou.example/about",
        "---\n后来我自己办了一份报纸。",
        "---\n桥修好了，船就不开了。",
        "如果各位读者有兴趣，欢迎订阅我们的报纸，来信寄到 editor@dukou.example 就可以。",
    ],
)
def test_who_talks_about_readers_goes_on_talking(answer: str) -> None:
    assert said(TALK + answer)[-1][1].endswith(answer.removeprefix("---\n"))


def test_cues_are_spoken_whatever_they_promote() -> None:
    cues = tuple(
        type(line)(line.number, line.text, start=1000 * line.number, end=1000 * line.number + 900)
        for line in lines("我们改天再聊\n欢迎订阅 https://a.b/c\n扫码关注公众号 https://a.b/d")
    )
    assert promotion.start(cues) == len(cues)


def test_a_heading_sets_a_block_off() -> None:
    given = marked(f"# 渡口\n\n{TALK}\n## 关于\n\n{PLUG}\n\n[订阅](https://a.b)\n").lines
    assert given[promotion.start(given)].text == "关于"
    assert promotion.start(()) == 0
