"""Words of the mainland and of Taiwan for the same thing, in normal form."""

import pytest

from indexer.text.normalize import normalize
from search_cli.query.regional import regional_variants


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("软件", "軟體"),
        ("视频", "影片"),
        ("网络", "網路"),
        ("出租车", "計程車"),
        ("信息", "資訊"),
        ("互联网", "網際網路"),
        ("打印机", "印表機"),
        ("鼠标", "滑鼠"),
        ("博客", "部落格"),
        ("激光", "雷射"),
        ("网络安全", "網路安全"),
    ],
)
def test_both_directions(here: str, there: str) -> None:
    there = normalize(there).text
    assert there in regional_variants(here)
    assert here in regional_variants(there)


@pytest.mark.parametrize("word", ["腾讯", "红米手机", "iphone", "6.11亿", "米", "qq空间", ""])
def test_what_is_called_the_same_has_no_other(word: str) -> None:
    assert regional_variants(word) == ()


def test_others_are_in_normal_form_and_never_the_word_itself() -> None:
    for word in ("软件", "程序", "数据", "内存", "优化", "字符", "进程"):
        found = regional_variants(word)
        assert found
        assert word not in found
        assert all(one == normalize(one).text for one in found)
