"""The words the parser weighs, Simplified (a label is looked up in its normal form): what stands before a colon.

None of these decides alone: `evidence` counts them for or against a label, together with how the label is used.
"""

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


ROLES = _words("""
    问 答 问者 答者 提问 回答 记者 主持 主持人 主播 主讲 主讲人 司仪 嘉宾 来宾 采访者 受访者 被采访者 采访人 受访人
    访谈者 访员 访问者 观众 听众 网友 读者 读友 学生 学员 同学 老师 编辑部 编者 笔者 本刊 本报 本网 小编 主席 会长
    会议主席 委员 代表 发言人 翻译 口译 旁白 解说 画外音 众人 全体 全场 现场 家属 审 审判长 审判员 书 书记员 原 被
    原告 被告 原代 被代 上诉人 被上诉人 第三人 证人 公诉人 辩护人 甲 乙 丙 丁 男 女 男声 女声 客服 用户 医生 患者
    司会 访 受 采访 谈
""")
"""Words that name what someone does in a conversation, and so are labels wherever they repeat."""

INTRODUCING = _words("""
    主持人 主持 嘉宾 来宾 记者 采访者 受访者 主讲人 主讲 作者 采访 采访人 受访人 访谈者 发言人 对话者 翻译 审判长
    审判员 书记员 原告 被告
""")
"""Those of them that also head a list of participants: 主持人：曹淑敏 introduces, it does not speak."""

HEAD = _words("""
    时间 日期 日前 地点 场地 主题 题目 议题 议程 出席 出席者 出席人员 列席 缺席 参会 参会人 参会人员 与会 与会者
    与会人员 参与者 人员 名单 来源 稿源 文章来源 信息来源 出处 原文 原标题 标题 副标题 摘要 导语 引言 前言 导读
    编者按 编按 按语 关键词 关键字 标签 分类 栏目 专题 作者 文 图 文字 摄影 摄像 图片 图文 配图 编辑 责编 责任编辑
    采写 采编 撰文 撰稿 整理 记录 纪录 记录人 校对 排版 审核 审校 监制 监审 制作 出品 策划 统筹 翻译 译者 译 校 终审
    初审 复审 值班 实习 实习生 通讯员 通讯作者 供图 供稿 视频 音频 海报 设计 封面 封面图 题图 头图 插图 美编 运营
    发布 发布时间 发布日期 发表时间 更新 更新时间 阅读 阅读量 浏览 浏览量 点击 点击量 评论 字号 字体 字数 页数 时长
    全长 链接 连结 网址 地址 电话 邮箱 邮编 传真 微信 微博 公众号 二维码 网站 版权 声明 免责声明 版权声明 备注 附件
    附录 目录 简介 人物简介 嘉宾简介 作者简介 受访嘉宾 访谈嘉宾 对话嘉宾 特邀嘉宾 本期嘉宾 访谈主题 访谈时间
    访谈地点 采访时间 采访地点 访问时间 会议时间 会议地点 会议主题 会议名称 活动时间 活动地点 姓名 性别 年龄 职业
    职务 职称 单位 单位名称 案由 案号 开庭时间 开庭地点 编号 期数 期号 卷期 提纲 大纲 内容 内容摘要 内容简介
    会议纪要 文字记录 智能纪要 全文 正文 待办 结论 总结 原刊 刊于 本期主播 节目 制片 剪辑 后期 录音 监听
""")
"""Words that head a line of head or tail matter: key: value."""

CONNECTING = _words("""
    第一 第二 第三 第四 第五 第六 第七 第八 第九 第十 一是 二是 三是 四是 五是 其一 其二 其三 首先 其次 再次 最后
    然后 另外 此外 例如 比如 譬如 比如说 例如说 比方 比方说 好比 举例 举个例子 譬如说 换言之 换句话说 也就是
    也就是说 即 就是 就是说 总之 总而言之 综上 综上所述 总结 因此 所以 因为 原因 理由 结果 结论 问题 注 注意 备注 附
    附注 说明 补充 补充说明 提示 温馨提示 特点 优点 缺点 特征 目的 目标 意义 方法 方式 步骤 做法 建议 对策 措施 要求
    条件 范围 对象 内容 如下 以下 具体 具体来说 简单说 简单来说 一句话 一方面 另一方面 事实上 其实 当然 比喻 引用
    参考 参考文献 参考资料 资料来源 数据来源 延伸阅读 推荐阅读 相关阅读 相关链接 相关报道 问答 上午 下午 今天 明天
    昨天 现在 当时 后来 公式 定义 定理 例 图 表 年份 数量 价格 规格 型号 品牌 地区 城市 省份 国家 学历 专业 邮编
""")
"""Words that open an enumeration, an example or a remark inside somebody's speech."""

CLAUSE_ENDS = _words("""
    说 道 问道 表示 称 认为 指出 写道 写 回答 解释 介绍 强调 坦言 透露 感叹 感慨 回忆 笑 想 讲 喊 叫 告诉 觉得 是 为
    有 在 的 了 着 著 过 到 成 如下 以下 包括 分别 就是 即是 叫做 称为 例如 比如 譬如 好比 比方 像 如 即 也 都 就 呢
    吗 吧 啊 来说 而言 来看 来讲 方面 部分 的话 问题 原因 建议 特点 结论 句话 点 项 条 个 种 类
""")
"""How a clause that runs into a colon ends, and a name seldom does: 他说：, 这个特点就是：."""

CLAUSE_PARTS = _words("""
    我 你 他 她 它 这 那 因为 所以 如果 什么 怎么 可以 可能 应该 需要 不是 没有 就是 一个 一种 关于 对于 根据 为了
    比如 例如 以及 或者 但是 而且 已经 第一 第二 第三 第四 第五 另外 其中 以下 上述 所谓 几个 包括 包含
""")
"""What a clause has in it and a name has not."""

OFFICES = _words("""
    部长 副部长 局长 司长 处长 科长 厅长 院长 校长 所长 市长 省长 县长 区长 镇长 村长 组长 会长 社长 理事长 董事长
    秘书长 秘书 署长 台长 馆长 店长 队长 船长 团长 行长 班长 董事 监事 理事 主任 主任委员 委员 副主任 主席 副主席
    书记 总理 副总理 总裁 副总裁 总经理 经理 总监 主管 主编 总编 总编辑 编辑 记者 主播 主持人 主持 嘉宾 主讲人 教授
    副教授 讲师 研究员 分析师 工程师 设计师 律师 医生 医师 院士 博士 导演 编剧 演员 作家 诗人 学者 专家 创始人
    创办人 联合创始人 合伙人 负责人 发言人 代言人 代理人 代表 顾问 专员 专委 政委 政务委员 首席执行官 首席技术官
    首席运营官 首席科学家 首席经济学家 首席专家 执行官 参赞 大使 领事 议员 法官 检察官 审判长 审判员 书记员 警官
    教练 运动员 歌手 制片人 出品人 策展人 ceo cto coo cfo 助理 同志 选手 画家 摄影师 建筑师 同仁 民众 里长 家长 组员
    老师 先生 女士 小姐 同学
""")
"""Offices and forms of address that stand beside a name."""

OUTLETS = _words("""
    周刊 日报 晚报 早报 时报 快报 商报 都市报 新闻网 网 报 刊 社 电视 电视台 电台 台 广播 杂志 新闻 财经 传媒 媒体
    频道 it 科技 观察 论坛 读书 文化 视频 编辑部 出版社 书店 研究院 评论 周末 36氪 澎湃 人物 记者 通讯社
""")
"""How the name of a medium ends."""

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱丘秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪"
    "翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时耿牟卜卞包柯阮纪舒华甘单关柴车苗娄"
    "成童项裴游饶凌翁欧费霍骆宁盛刁喻覃裘苟冉蓝连简佟应靳闫隋祖桂沙臧查屈窦鲍司宫詹晏景习房符戚卓楼巫仇宗阳滕冼边"
    "井鞠虞缪仲郎芮席解伏强桑卫狄沃茅米郁全褚封干麦池储闵敖荣冷薄曲初惠厉水弓丛乐幸粟甄商占雷梦尚练丰酆蔺伊栾岑晋"
    "廉权邝揭植兀信佘区利官明木巴汲计逄逯逢迟鄢冀平候战降言雍危仝撒生古操"
)
"""Surnames of one character; the hundred most frequent cover about 85 % of Han Chinese."""

COMPOUND_SURNAMES = _words("""
    欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 东方 南宫 西门 端木 长孙 宇文 独孤 赫连 呼延 张简
    范姜 澹台 轩辕 钟离 申屠 濮阳 闻人 万俟 拓跋 鲜于 闾丘 太史 仲孙 完颜 耶律
""")
"""Surnames of two characters."""

TAIL_KEYS = _words("""
    编辑 责编 责任编辑 本期编辑 值班编辑 执行编辑 实习编辑 网络编辑 新媒体编辑 微信编辑 本文编辑 文字编辑 视觉编辑
    主编 副主编 总编 校对 排版 审核 审校 初审 复审 终审 一审 二审 三审 监制 总监制 出品 出品人 制片 制片人 制作 策划
    统筹 统稿 撰文 撰稿 采写 采编 文案 文 图 文字 摄影 摄像 图片 图文 配图 供图 供稿 整理 记录 速记 翻译 译者 译 校
    视频 音频 海报 设计 美编 美术 运营 封面 封面图 题图 头图 插图 通讯员 实习生 实习记者 记者 作者 来源 稿源 剪辑
    后期 录音 配音 字幕 字幕组 字幕制作 时间轴 现场主持 值班主任 值班总监 特约记者 文字整理 采访整理 录音整理
    图片来源 图片提供 题图来源 封面来源 原标题 原文链接 原文标题 链接 投稿邮箱 邮箱 电话 联系电话 联系方式 地址 微信
    微信号 公众号 主办 承办 协办 审判长 审判员 书记员 代理审判员 人民陪审员 撰文/编辑 文/图 采访/撰文 图/文
""")
"""Words that head a line of credits after the last answer."""

TAIL_STARTS = _words("""
    更多精彩 更多内容 更多资讯 更多访谈 版权声明 版权所有 版权归 免责声明 特别声明 本文转自 本文来自 本文来源
    本文首发 本文原载 本文刊于 本文系 本文由 本文为 本文仅 本文内容 本文经 原文载 原载 转载自 转载请 转自 未经授权
    未经许可 欢迎转载 以上内容 以上文字 内容由ai 本内容由 由ai生成 ai生成 智能生成 此文档由 本纪要由 识别二维码
    点击阅读 点击上方 点击下方 点击关注 点击图片 戳这里 戳左下 阅读原文 点个在看 关注我们 关注公众号 欢迎关注
    欢迎订阅 欢迎投稿 联系我们 商务合作 加入读者群 上一篇 下一篇 上一页 下一页 上一条 下一条 返回首页 返回顶部
    返回列表 打印本页 关闭窗口 相关链接 相关阅读 相关新闻 相关报道 相关文章 延伸阅读 推荐阅读 推荐文章 往期回顾
    往期推荐 往期精彩 热门推荐 猜你喜欢 大家都在看 网友评论 发表评论 精选留言 copyright © 京icp 沪icp 粤icp 浙icp
    icp备 网站地图 关于我们 主办单位 承办单位 嘉宾简介 嘉宾介绍 人物简介 人物名片 受访者简介 作者简介 关于作者
    关于受访 关于嘉宾 采访者简介 个人简介 责任编辑 下期预告 shownotes 参考文献 参考资料
""")
"""How a line of the tail begins, however long it is."""

TAIL_SHORT_STARTS = _words("""
    扫码 扫描 扫一扫 长按 点赞 在看 分享到 分享给 转发 收藏 评论 关注 订阅 声明 来源 稿源 注释 附录 附件 附: 尾注
    本期节目 下期节目 下期再见 收听方式 节目制作 制作团队 本期制作 全文完 责编 编辑手记 网站声明 加入我们 以上为
    编者注 相关 链接 举报 打印 关闭 all rights reserved end the
""")
"""How a short line of the tail begins."""

BYLINE_PARTS = _words("""
    记者 供稿 通讯员 整理 编辑 采写 采访 责编 实习生 来源 作者 文/ 图/ 摄 供图 撰文 编译 翻译 寄自 审阅 转载 原载
    刊载 首发 提供 完 本文 图文 电讯
""")
"""What a byline in brackets has in it: （湖北日报记者 …）, （供稿：党委宣传部）."""

GUEST_KEYS = _words("""
    嘉宾 访谈嘉宾 对话嘉宾 受访嘉宾 特邀嘉宾 本期嘉宾 来宾 受访者 受访人 被采访者 被访者 采访对象 访谈对象 访问对象
    出席 出席人员 出席者 发布人 主讲人 主讲 与谈人 对谈人 参会嘉宾 讲者 对话者 口述者 口述
""")
"""Words that head a list of the people who are asked."""

ASKER_KEYS = _words("""
    采访 采访者 采访人 记者 本报记者 本刊记者 特约记者 访谈者 访谈人 访问者 提问者 采访/撰文 采访撰文 采访&撰文 采写
    interviewer
""")
"""Words that head the name of who asks."""

AUTHOR_KEYS = ASKER_KEYS | _words("作者 文 撰文 撰稿 文字 采访整理 文/图 图/文 text author by words")
"""Words that head the author's name."""

HOST_KEYS = _words("主持人 主持 会议主持 主播 本期主播 现场主持")
"""Words that head the name of who leads the conversation."""

OUTLET_KEYS = _words("来源 稿源 文章来源 信息来源 媒体 刊物 原载 原刊 出处 本文来源 source 发布机构 发布单位")
"""Words that head the name of the medium."""

EDITORIAL = _words("编者按 编按 按语 导语 引言 前言 导读")
"""Those of the head's words that open the editor's own prose, which is narration."""
