"""Long talks for the tests: as many words as it takes to tell whether two of them are one."""

import random
import re

_OPENINGS = ("我们", "你们", "一个", "就是", "可以", "没有", "不是", "什么", "因为", "所以", "如果", "还是")
_CHARACTERS = (
    "山水田土木石火风雨雪春夏秋冬早晚东西南北上下左右老少男女工农商学村镇县城桥路车船书报信纸米面油盐糖茶"
    "猪牛羊鸡鸭鱼稻麦豆棉果树花草门窗墙屋灯床桌椅走跑坐站看听说写买卖修造开关来去进出长短高低多少新旧冷热"
)
FILLERS = ("嗯", "啊", "呃", "那个", "对对对", "怎么说呢", "的话")


def talk(seed: int, exchanges: int = 40, fillers: bool = False) -> str:
    """Return a transcript of questions and answers; of another seed it says something else.

    With `fillers` it is word for word, every other clause with one.
    """
    chance = random.Random(seed)

    def clause() -> str:
        return chance.choice(_OPENINGS) + "".join(chance.choices(_CHARACTERS, k=12))

    def filled() -> str:
        said = clause()
        place = chance.randrange(len(said)) if chance.random() < 0.5 else 0
        return said[:place] + chance.choice(FILLERS) * bool(place) + said[place:]

    def said() -> str:
        return "，".join(filled() if fillers else clause() for _ in range(3)) + "。"

    return "\n\n".join(f"问：{said()}\n\n孟秋禾：{said()}" for _ in range(exchanges)) + "\n"


def smoothed(text: str, seed: int) -> str:
    """Return a talk as an editor prints it: without fillers, some clauses gone, some words another."""
    chance = random.Random(seed)
    for filler in FILLERS:
        text = text.replace(filler, "")
    clauses = re.split("(?<=，)", text)
    kept = (one for one in clauses if chance.random() > 0.05 or "：" in one)
    return "".join(
        chance.choice("做到在有好") if chance.random() < 0.02 and one in _CHARACTERS else one for one in "".join(kept)
    )
