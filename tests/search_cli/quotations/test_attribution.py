"""Whom an article names as the one who said it, known to the archive or not."""

import pytest

from search_cli.models import SpokenTurn
from search_cli.quotations.attribution import Attribution, attribution, named_speakers, speakers_by_name
from search_cli.quotations.extract import from_marks
from search_cli.quotations.named_people import Person
from search_cli.search.known_names import KnownNames
from tests.support.spoken import turn

SPEAKERS = (
    *(
        "郑志昊",
        "邵启年",
        "搜狐IT",
        "迈克尔·乔丹",
        "唐鳳",
        "记者",
        "岚江晚报记者",
        "Audrey Tang",
        "问",
        "Audrey Pon",
        "王明",
    ),
    *("杜委员文苓", "年代"),
)
NAMES = speakers_by_name(KnownNames({"speaker": SPEAKERS}))
SAID = "与小米的合作是QQ空间的尝试"


def names(text: str) -> tuple[str, ...]:
    """Whom the first quotation of a text is attributed to: speakers of the archive, or as printed."""
    return attribution(from_marks([(1, text)]).quotations[0], NAMES).speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"郑志昊表示：“{SAID}。”", ("郑志昊",)),
        (f"郑志昊：“{SAID}。”", ("郑志昊",)),
        (f"腾讯副总裁郑志昊对记者说，“{SAID}。”", ("郑志昊",)),
        (f"“{SAID}”，郑志昊说。", ("郑志昊",)),
        (f"“{SAID}。”郑志昊说。", ("郑志昊",)),
        (f"鄭志昊指出「{SAID}」", ("郑志昊",)),
        (f"唐凤回应：“{SAID}。”", ("唐鳳",)),
        (f"乔丹说：“{SAID}。”", ("迈克尔·乔丹",)),
        (f"迈克尔·乔丹说：“{SAID}。”", ("迈克尔·乔丹",)),
        (f"Tang 说：“{SAID}。”", ("Audrey Tang",)),
        (f"邵启年对郑志昊说：“{SAID}。”", ("邵启年",)),
        (f"他对郑志昊说：“{SAID}。”", ()),
        (f"他告诉郑志昊，“{SAID}。”", ()),
        (f"郑志昊告诉记者，“{SAID}”，邵启年也在场", ("郑志昊",)),
        (f"搜狐IT报道，郑志昊表示：“{SAID}。”", ("郑志昊",)),
        (f"他说：“{SAID}。”郑志昊点点头。", ()),
        (f"郑志昊说：“{SAID}。”邵启年则认为不是。", ("郑志昊",)),
        (f"“{SAID}”，这是郑志昊的话", ("郑志昊",)),
        (f"郑志昊那句“{SAID}”流传很广", ("郑志昊",)),
        (f"记者问：“{SAID}吗？”", ()),
        (f"有人说：“{SAID}。”", ()),
        (f"Tangerine 说：“{SAID}。”", ()),
        (f"“{SAID}。”邵启年的公司在岚江。", ()),
        (f"前一句讲邵启年。“{SAID}”。", ()),
    ],
)
def test_the_sentence_around_it(text, speakers):
    assert names(text) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"腾讯CEO马化腾表示：“{SAID}。”", ("马化腾",)),
        (f"專家李開復說：「{SAID}。」", ("李開復",)),
        (f"“{SAID}”，马化腾说。", ("马化腾",)),
        (f"黎万强告诉记者，“{SAID}。”", ("黎万强",)),
        (f"马化腾对记者说：“{SAID}。”", ("马化腾",)),
        (f"安娜：“{SAID}。”", ("安娜",)),
        (f"他对马化腾说：“{SAID}。”", ()),
        (f"公司高管表示：“{SAID}。”", ()),
        (f"白宫发言人表示：“{SAID}。”", ()),
        (f"有关方面明确表示，“{SAID}。”", ()),
        (f"陈先生说：“{SAID}。”", ("陈先生",)),
        (f"网友小王说：“{SAID}。”", ()),
        (f"他说：“{SAID}。”马化腾点点头。", ()),
        (f"马化腾那句“{SAID}”流传很广", ("马化腾",)),
        (f"“{SAID}。”", ()),
        (f"蔡英文說：「{SAID}」", ("蔡英文",)),
    ],
)
def test_a_person_whom_the_archive_does_not_know(text, speakers):
    assert names(text) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"「{SAID}」，蔡英文說", ("蔡英文",)),
        (f"「{SAID}。」部長唐鳳表示，", ("唐鳳",)),
        (f"「{SAID}，」前總統蔡英文強調。", ("蔡英文",)),
        (f"唐鳳轉述蔡英文的話說：「{SAID}」", ("唐鳳", "蔡英文")),
        (f"蔡英文批評唐鳳說：「{SAID}」", ("蔡英文",)),
        (f"蔡英文在與唐鳳會面後表示：「{SAID}」", ("蔡英文",)),
        (f"唐鳳和蔡英文都說：「{SAID}」", ("唐鳳", "蔡英文")),
        (f"行政院表示：「{SAID}」", ()),
        (f"數位發展部指出，「{SAID}」", ()),
        (f"唐鳳的幕僚說：「{SAID}」", ()),
        (f"唐鳳辦公室表示：「{SAID}」", ()),
        (f"王明華說：「{SAID}」", ("王明華",)),
        (f"王明則說：「{SAID}」", ("王明",)),
        (f"Audrey Tang said: “{SAID}”", ("Audrey Tang",)),
        (f"“{SAID},” said Audrey Tang.", ("Audrey Tang",)),
        (f"“{SAID},” Minister Audrey Tang told reporters.", ("Audrey Tang",)),
        (f"Digital Minister Michael Tang said, “{SAID}”", ("Michael Tang",)),
        (f"According to Joe Hsueh, “{SAID}”", ("Joe Hsueh",)),
        (f"Officials said: “{SAID}”", ()),
        (f"The White House said: “{SAID}”", ()),
        (f"She told Audrey Tang: “{SAID}”", ()),
        (f"Bob Smith told Audrey Tang: “{SAID}”", ("Bob Smith",)),
        (f"He said: “{SAID}”", ()),
        (f"Audrey said: “{SAID}”", ("Audrey Tang", "Audrey Pon")),
        (f"專訪唐鳳：「{SAID}」", ("唐鳳",)),
        (f"【專訪】蔡英文：「{SAID}」", ("蔡英文",)),
        (f"訪問唐鳳：「{SAID}」", ("唐鳳",)),
        (f"政策方向：「{SAID}」", ()),
        (f"重點：「{SAID}」", ()),
        (f"那個年代說：「{SAID}」", ()),
        (f"杜文苓說：「{SAID}」", ("杜委员文苓",)),
        (f"蔡英文女士說：「{SAID}」", ("蔡英文",)),
        (f"唐政委說：「{SAID}」", ("唐政委",)),
        (f"克里斯·乔丹说：「{SAID}」", ("克里斯·乔丹",)),
        (f"前美國總統唐納德·川普說：「{SAID}」", ("唐納德·川普",)),
        (f"唐鳳，行政院政委，表示：「{SAID}」", ("唐鳳",)),
        (f"唐鳳離席後，有人說：「{SAID}」", ()),
        (f"唐鳳離席後，他說：「{SAID}」", ()),
        (f"唐鳳受訪，對記者表示：「{SAID}」", ("唐鳳",)),
        (f"「{SAID}。」蔡英文說：「{SAID}好。」", ()),
        (f"蔡英文說，這是「{SAID}」的事", ("蔡英文",)),
        (f"「{SAID}」，他說，唐鳳在場", ()),
        (f"據蔡英文說，「{SAID}」", ("蔡英文",)),
        (f"「{SAID}」出自蔡英文的名言", ("蔡英文",)),
        (f"蔡總統說：「{SAID}」", ("蔡總統",)),
        (f"立委黃國昌質詢唐鳳：「{SAID}」", ("黃國昌",)),
        (f"主持人問唐鳳：「{SAID}」", ()),
        (f"唐鳳說蔡英文曾表示：「{SAID}」", ("唐鳳", "蔡英文")),
        (f"台積電董事長魏哲家昨天在法說會上表示：「{SAID}」", ("魏哲家",)),
        (f"唐鳳在接受本台記者獨家專訪談到未來數位發展時表示：「{SAID}」", ("唐鳳",)),
        (f"Yesterday, Audrey Tang left. Bob Smith said: “{SAID}”", ("Bob Smith",)),
        (f"“{SAID},” she said. Audrey Tang nodded.", ()),
        (f"Dr. Jane Goodall wrote that “{SAID}”", ("Jane Goodall",)),
        (f"“{SAID},” the minister said.", ()),
        (f"唐鳳：「{SAID}」", ("唐鳳",)),
        (f"「{SAID}」──蔡英文", ("蔡英文",)),
        (f"「{SAID}」（唐鳳）", ("唐鳳",)),
        (f"王总说：“{SAID}”", ("王总",)),
        (f"《道德經》所言：「{SAID}」", ()),
        (f"這就是「{SAID}」（Common Knowledge）", ()),
        (f"在中國的紀錄中，時候要說：「{SAID}」", ()),
        (f"數位部的「{SAID}」計畫", ()),
    ],
)
def test_titles_objects_owners_and_other_names(text, speakers):
    assert names(text) == speakers


def test_an_alias_is_the_speaker_and_no_other_of_a_similar_name():
    known = KnownNames({"speaker": ("唐鳳", "Audrey Pon")})
    (one,) = from_marks([(1, f"Audrey Tang said: “{SAID}”")]).quotations
    assert attribution(one, speakers_by_name(known)).speakers == ("Audrey Tang",)
    assert attribution(one, speakers_by_name(known, {"audreytang": "唐鳳"})).speakers == ("唐鳳",)


def test_two_halves_around_a_name():
    first, second = from_marks([(1, f"“{SAID}”，郑志昊说，“{SAID}”。")]).quotations
    assert attribution(first, NAMES).speakers == attribution(second, NAMES).speakers == ("郑志昊",)


def test_what_calls_nobody_in_particular_is_no_name():
    assert not {"记者", "岚江晚报记者", "问", "年代"} & set(NAMES)
    assert NAMES["乔丹"] == ("迈克尔·乔丹",)
    assert NAMES["杜文苓"] == ("杜委员文苓",)


def test_no_names_at_all():
    (one,) = from_marks([(1, f"他表示：“{SAID}。”")]).quotations
    assert attribution(one, speakers_by_name(KnownNames({"speaker": ()}))) == Attribution()


@pytest.mark.parametrize(
    ("speakers", "own"),
    [(("郑志昊",), True), (("鄭志昊",), True), (("邵启年", "郑志昊"), True), (("邵启年",), False), ((), False)],
)
def test_who_says_a_turn(speakers, own):
    assert named_speakers(speakers).is_by(turn()) is own


def test_who_belongs_to_an_organisation_speaks_for_it():
    council = named_speakers(("國發會",))
    assert council.is_by(turn(speaker="国发会张处长富林", label="国发会张处长富林"))
    assert council.is_by(turn(speaker="张富林", label="张富林", affiliation="国发会社发处处长"))
    assert not council.is_by(turn(speaker="张富林", label="张富林", affiliation="经济部"))
    assert not named_speakers(("王明",)).is_by(turn(speaker="王明华", label="王明华"))


def test_a_printed_label_is_a_name_too():
    assert named_speakers(("郑总",)).is_by(turn(speaker="郑志昊", label="郑总"))
    assert not named_speakers(("",)).is_by(turn(speaker="", label=""))


@pytest.mark.parametrize(
    ("person", "speaker", "own"),
    [
        (Person(0, 2, "蔡英文"), "唐鳳", False),
        (Person(0, 3, "洪甄徽"), "教育部國教署洪甄徽科長", True),
        (Person(0, 2, "王明"), "王明華", False),
        (Person(0, 3, "唐部长", surname="唐"), "唐鳳", True),
        (Person(0, 3, "陈先生", surname="陈"), "郑志昊", False),
        (Person(0, 3, "陈先生", surname="陈"), "小歐", True),
    ],
)
def test_a_name_that_the_archive_does_not_know_may_be_a_speaker_with_a_title(person, speaker, own):
    said: SpokenTurn = turn(speaker=speaker, label=speaker)
    assert Attribution((person,)).is_by(said) is own
