"""Long talks for the tests: as many words as it takes to tell whether two of them are one."""

import random

_OPENINGS = ("我们", "你们", "一个", "就是", "可以", "没有", "不是", "什么", "因为", "所以", "如果", "还是")
_CHARACTERS = (
    "山水田土木石火风雨雪春夏秋冬早晚东西南北上下左右老少男女工农商学村镇县城桥路车船书报信纸米面油盐糖茶"
    "猪牛羊鸡鸭鱼稻麦豆棉果树花草门窗墙屋灯床桌椅走跑坐站看听说写买卖修造开关来去进出长短高低多少新旧冷热"
)


def talk(seed: int, exchanges: int = 40) -> str:
    """Return a transcript of questions and answers; of another seed it says something else."""
    chance = random.Random(seed)

    def said() -> str:
        return "，".join(chance.choice(_OPENINGS) + "".join(chance.choices(_CHARACTERS, k=12)) for _ in range(3)) + "。"

    return "\n\n".join(f"问：{said()}\n\n孟秋禾：{said()}" for _ in range(exchanges)) + "\n"
