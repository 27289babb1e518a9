"""Recognise labels that name a role or a place in the row instead of a person: 问, 主持人, 发言人1, Speaker 1, 甲, A.

They are people only within an interview: the 记者 of two interviews are two journalists.
"""

import re

from indexer.enrich.role_words import ROLE_WORDS
from indexer.text.normalize import normalize


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS = ROLE_WORDS | _words("""
    口译 口译人员 口译员 译者 同学 学员 老师 家长 居民 村民 里民 市民 民众 与会者 与会人员 参与者 参加者 来宾代表 代表
    同仁 匿名 匿名者 某人 男 女 男声 女声 男士 女士 先生 小姐 客服 用户 顾客 医生 患者 家属 工人 员工 业者 旁听者
    发言 发言者 报告人 提案人 来电者 对话者 讲者 讲师 引言人 与谈人 主讲者 说话人 讲话人 作者 编者 编按 有人 有人问
    未知 不明 不详 现场民众 现场听众 现场补充 在场者 众 大家 speaker spk voice participant unknown anonymous male female
    调查人 调查者 发音人 发音合作人 被试 主试 讲述人 讲述者 口述人 口述者 叙述者
    s ch channel inv par chi mot fat exp int sub adu
    man woman person caller student teacher translator interpreter 会长 副主席 社长 组长 处长 科长 局长 署长 部长 司长
    院长 校长 所长 主任 主委 委员 秘书 主秘 秘书长 执行长 理事长 经理 总经理 董事长 总监 参事 市长 县长 区长 里长 村长
    议员 法官 律师 检察官 教授
""")
"""Role words, forms of address and bare offices, in normal form."""
_NUMBER = r"(?:\d+|[a-z]|[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十]+)"
_NUMBERED = re.compile(rf"(?P<word>.*?)[ _\-#号]*(?:{_NUMBER}|\(?{_NUMBER}\)?)")


def is_generic(name: str) -> bool:
    """Check whether a name is a role word, a number or letter, or a role word with one."""
    form = normalize(name).text.strip()
    if form in _WORDS:
        return True
    match = _NUMBERED.fullmatch(form)
    return match is not None and (not match["word"] or match["word"].strip() in _WORDS)
