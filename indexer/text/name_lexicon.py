"""Surnames and titles: the words that names of people are told by, in Simplified characters."""


def _words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱丘秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪"
    "翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛祝左涂谷祁耿牟卜卞包柯阮纪舒华甘单关柴车苗娄童项"
    "裴游饶凌翁欧费霍骆宁盛刁喻覃裘苟冉蓝连简佟靳闫隋祖桂沙臧查屈窦鲍司宫詹晏景习房符戚卓楼巫仇阳滕冼井鞠虞缪仲郎"
    "芮席解伏桑卫狄沃茅米郁褚封干麦池储闵敖荣冷薄曲初惠厉弓丛乐粟甄商占雷梦练丰酆蔺伊栾岑晋廉权邝揭兀佘木巴汲逄逯"
    "逢迟鄢冀候言雍仝撒古操付肖寇蒙苑鹿荆亓哈宣邸匡柏奚郜檀燕晁勾敬巩楚骞"
)
"""Surnames of one character; the hundred most frequent cover about 85 % of Han Chinese."""

RARE_SURNAMES = frozenset(
    "昌凤邬穆湛禹麻昝贲杭诸钮嵇滑荀羊於羿邴糜牧隗宓蓬郗暴钭戎韶蓟印蒲邰鄂索咸屠胥苍闻莘贡劳姬宰郦郤璩濮寿扈郏浦尚"
    "瞿慕茹宦艾鱼慎戈庾暨衡禄阙殳蔚越夔隆师厍訾阚毋乜巢蒯竺桓冶仉墨"
)
"""Further surnames of the Hundred Family Surnames: too rare to make a person of a word, but not behind a job title."""

COMPOUND_SURNAMES = _words("""
    欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 东方 南宫 西门 端木 长孙 宇文 独孤 赫连 呼延 张简
    范姜 澹台 轩辕 钟离 申屠 濮阳 闻人 万俟 拓跋 鲜于 闾丘 太史 仲孙 完颜 耶律
""")
"""Surnames of two characters."""

JOB_TITLES = _words("""
    部长 副部长 局长 司长 处长 科长 厅长 院长 校长 所长 市长 省长 县长 区长 镇长 村长 组长 会长 社长 理事长 董事长
    秘书长 秘书 署长 台长 馆长 店长 队长 船长 团长 行长 班长 董事 监事 理事 主任 主任委员 委员 副主任 主席 副主席
    书记 总理 副总理 总裁 副总裁 总经理 经理 总监 主管 主编 总编 总编辑 编辑 记者 主播 主持人 主持 嘉宾 主讲人 教授
    副教授 讲师 研究员 分析师 工程师 设计师 律师 医生 医师 院士 博士 导演 编剧 演员 作家 诗人 学者 专家 创始人
    创办人 联合创始人 合伙人 负责人 发言人 代言人 代理人 代表 顾问 专员 专委 政委 政务委员 裁判官 首席执行官 首席技术官
    首席运营官 首席科学家 首席经济学家 首席专家 执行官 参赞 大使 领事 议员 法官 检察官 审判长 审判员 书记员 警官
    教练 运动员 歌手 制片人 出品人 策展人 ceo cto coo cfo 助理 同志 选手 画家 摄影师 建筑师 同仁 民众 里长 家长 组员
    老师 先生 女士 小姐 同学 行政长官 特首 总统 首相 大臣 外长 财长 国务卿 司令 师傅 老板 店主 司机 护士 传承人 志愿者
""")
"""Job titles and forms of address beside a name."""
