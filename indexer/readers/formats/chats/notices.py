"""What a messenger writes into a chat itself: who joined, what was recalled, placeholders of pictures and calls."""

import re
from functools import cache


@cache
def _pattern(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of alternatives; compiled with the first chat, as that takes 10 ms."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


_SENT = (
    "图片|圖片|照片|相片|图像|表情|动画表情|動畫表情|表情符号|贴图|貼圖|贴纸|貼紙|语音|語音|语音消息|語音訊息|"
    "语音訊息|音频|音訊|视频|視頻|影片|視訊|小视频|视频号|文件|文档|檔案|链接|連結|位置|地理位置|实时位置|名片|"
    "个人名片|联系人|聯絡人|聯絡資訊|红包|QQ红包|微信红包|转账|小程序|聊天记录|合并转发|音乐|语音通话|視訊通話|"
    "视频通话|通话|通話|笔记|記事本|相簿|投票|群公告|引用|闪照|戳一戳|礼物|未知消息|不支持的消息|GIF|photo|"
    "image|picture|video|audio|voice message|voice|sticker|file|document|album|location|contact|contact card|"
    "poll|animation|call"
)
_MEDIA = "media omitted|省略多[媒体體].{0,6}|省略影音.{0,4}|略去多[媒體体].{0,6}|多媒體檔案已略去|已省略媒体文件"
_ATTACHED = "file attached|文件附件|附件|檔案已附加|已附加檔案"
_PLACEHOLDER = (
    rf"[\[【<＜](?:{_SENT}|{_MEDIA})(?:[:：，, ][^\]】>＞]{{0,60}})?[\]】>＞]",
    r"[\[【](?:文件|檔案|file)[\]】]\s?\S.{0,80}\.\w{2,5}",  # [文件] 提纲.docx
    "<(?:attached|附件|附加檔案|已附加)[:：][^<>]{1,120}>",
    rf"(?:{_SENT})\s?(?:omitted|已略去|已省略|已略過|忽略)",
    rf"(?:已(?:省略|略去|略過)|略過|忽略)(?:{_SENT})",
    rf"[\w .-]{{1,80}}\.\w{{2,5}}\s?[(（](?:{_ATTACHED})[)）]",
    r"[☎📞]\s?.{0,20}",
    r"(?:语音|語音|视频|視訊)?(?:通话|通話)(?:时长|時長|时间|時間)\s?\d{1,2}:\d{2}(?::\d{2})?",
    r"\(emoji\)|null|已撤回的消息",
)
_RECALLED = (
    r"[^，。？！?!：:]{0,24}撤回了?一[条則则](?:成员)?消息[^？?]{0,8}",
    r"[^，。？！?!：:]{0,24}(?:已?收回了?(?:一則)?訊息|刪除了(?:此|這則)?訊息|删除了(?:此|这条)?消息)。?",
    r"(?:此|這則|这条|该)(?:訊息|消息)已(?:被)?(?:刪除|删除|撤回)。?",
    r"this message was deleted\.?|you deleted this message\.?",
    r".{1,24} (?:unsent|recalled|deleted) (?:a|this) message\.?",
)
_EVENT = (
    r".{0,24}(?:訊息|消息|messages).{0,24}(?:端[对對]端|端到端|end-to-end|点对点).{0,120}",
    r"[^，。？！?!]{1,40}(?:加入|退出|[离離离]開|离开|移出)了?(?:本群|群聊|群[组組]|聊天室?|群)。?",
    r"[^，。？！?!]{1,40}(?:邀请|邀請|新增|添加)[^？！?!]{1,80}(?:加入.{0,4}|进群|為好友|为好友)。?",
    r"[^，。？！?!]{0,30}(?:修改|變更|变更|更改|更換|更换)了?.{0,10}(?:群|名[称稱]|主旨|頭像|头像|公告).{0,60}",
    r"[^，。？！?!]{1,30}拍了拍.{1,30}|.{0,20}(?:建立|創建|创建)了?(?:此|本)?(?:群[组組]|群聊|群).{0,40}",
    r"(?:你|您)?已添加了.{1,40}现在可以开始聊天了。?|以上是打招呼的(?:内容|消息)。?",
    r".{1,30}通过扫描.{1,30}二维码加入.{0,8}",
    r".{1,40}(?:joined using .{1,40}link|created (?:this )?group.{0,60}|added .{1,60}|left|"
    r"was added)\.?",
    r".{1,40}(?:(?:joined|left) the (?:chat|group)|changed (?:the|this) (?:group|subject|description|icon).{0,80})\.?",
)
_SYSTEM = (r"系统消息(?:\(10000\))?|系統訊息|系统提示|10000|system(?: message)?",)
_MARK = "\u200e"  # WhatsApp begins what it writes itself with a left-to-right mark
_EDITED = re.compile(
    r"(?<!\s)\s*+<(?:this message was edited|[此已](?:訊息|消息)?已?[編编][輯辑](?:此?訊息)?)>\s*$", re.IGNORECASE
)
_DIRECTIONS = dict.fromkeys((0x200E, 0x200F, 0x202A, 0x202C, 0x2068, 0x2069, 0xFEFF))
_MAX_LENGTH = 200


def is_notice(text: str, sender: str) -> bool:
    """Return whether the text of a message is the messenger's, not its sender's: [图片], 小鱼撤回了一条消息.

    Without a sender (`sender` is "") it always is.
    """
    if not sender or _pattern(_SYSTEM).fullmatch(sender):
        return True
    stripped = text.translate(_DIRECTIONS).strip()
    if not 0 < len(stripped) <= _MAX_LENGTH:
        return False
    if _pattern(_PLACEHOLDER).fullmatch(stripped) or _pattern(_RECALLED).fullmatch(stripped):
        return True
    is_marked = text.startswith(_MARK) or "加密" in stripped or "encrypted" in stripped
    return is_marked and bool(_pattern(_EVENT).fullmatch(stripped))


def is_event(text: str) -> bool:
    """Return whether a line without a sender tells an event of the chat: 小鱼加入了群聊."""
    stripped = text.strip(' \t"“”')
    return len(stripped) <= _MAX_LENGTH and bool(
        _pattern(_EVENT).fullmatch(stripped) or _pattern(_RECALLED).fullmatch(stripped)
    )


def without_marks(text: str) -> str:
    """Return a text without direction marks and the remark that it was edited."""
    return _EDITED.sub("", text.translate(_DIRECTIONS))
