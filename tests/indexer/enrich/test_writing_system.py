"""Which script a transcript is written in."""

import pytest

from indexer.enrich import writing_system


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("與小米的合作是QQ空間在社交行銷方面的嘗試。", "zh-Hant"),
        ("与小米的合作是QQ空间在社交营销方面的尝试。", "zh-Hans"),
        ("大家好。", "zh-Hans"),
        ("Hello everybody.", "zh-Hans"),
        ("", "zh-Hans"),
        (
            "一句话里提到「鬱」字，别的都是简体，说了很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多。",
            "zh-Hans",
        ),
    ],
)
def test_tag(text: str, tag: str) -> None:
    assert writing_system.tag([text]) == tag


def test_only_the_beginning_is_looked_at() -> None:
    assert writing_system.tag(["好" * 3000, "與" * 9000]) == "zh-Hans"
    assert writing_system.tag(["你好。", "與這個。"]) == "zh-Hant"
