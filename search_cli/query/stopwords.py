"""Function words of Chinese, in normal form.

Passages are ranked by them like by any word, but they are neither required nor highlighted in a question.
Closed classes: particles, prepositions, conjunctions, pronouns, question words, auxiliaries, vague adverbs and counts.
"""

_LINES = """
的 地 得 之 了 着 过 吗 呢 吧 啊 呀 嘛 啦 么 所 者
而 与 和 及 或 且 并 但 但是 而且 并且 或者 以及 还是 还有 因为 所以 因此 由于 于是 如果 虽然
在 于 对 对于 关于 把 被 将 让 给 向 从 自 由 以 用 为 为了 跟 同 按 按照 根据 通过 随着 除了
之间 之后 之前 之中 其中 当中
是 就是 不是 是否 能否 有 没有 有没有 有关 会 能 能够 可以 可能 应该 应当 需要 要 想 来 去 到 说 看 做 请 请问 问
就 都 也 还 又 再 才 只 很 更 最 太 不 没 已 已经 正在 曾 曾经 一直 目前 现在 当时 时 时候
我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 其 此 该 本 各 每 某
这 那 这个 那个 这些 那些 这样 那样 这里 那里 这种 那种 这么 那么
谁 什么 啥 怎么 怎样 怎么样 怎么办 如何 为何 为什么 何 何时 何处 何种 哪 哪个 哪些 哪里 哪儿 哪一 哪种 哪位
多 多少 多久 多大 几 几个 个 一 一个 一些 一下 一种 上 下 中 里 内 外 前 后 等 等等
"""
FUNCTION_WORDS = frozenset(_LINES.split())

_ENGLISH = """
a about after all also am an and any are as at be because been before but by can could did do does doing don done down
for from get go going got had has have he her here him his how i if in into is it its just let like ll may me might more
most much must my no not now of off on one only or other our out over re s she should so some such t than that the their
them then there these they this those to too up us ve very was we were what when where which who why will with would you
your
"""
ENGLISH_FUNCTION_WORDS = frozenset(_ENGLISH.split())
"""Those of English, which interpreted and translated interviews have; left out of lists of words, not of searches."""
