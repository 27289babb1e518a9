"""What tools answer: bounded, clean, and told what is cut."""

from indexer.errors import NotFoundError
from search_cli.assistant.tool_answers import (
    MAX_CHARACTERS,
    Cuts,
    answer,
    clean,
    error_answer,
    hit_objects,
    share_of_room,
    turn_object,
)
from search_cli.models import Hit, Marked
from tests.support.spoken import HOSTILE, turn


def test_a_long_turn_is_cut_around_its_match() -> None:
    text = "前" * 3000 + "渡口" + "后" * 3000
    cuts = Cuts()
    shown = turn_object(turn(text=text), 1000, cuts, ((3000, 3002),))
    assert (len(shown["text"]), shown["text"].index("渡口"), shown["whole"]) == (1000, 200, False)
    assert cuts.notes == [
        "qzone-xiaomi#3 has 6,002 characters; 1,000 around the match are here."
        " show with address qzone-xiaomi#3 reads it from the beginning."
    ]


def test_a_match_at_the_end_is_shown_with_what_is_before_it() -> None:
    shown = turn_object(turn(text="前" * 3000 + "渡口"), 1000, Cuts(), ((3000, 3002),))
    assert (len(shown["text"]), shown["text"][-2:]) == (1000, "渡口")


def test_a_turn_is_read_on_to_its_end_and_then_nothing_is_cut() -> None:
    text, offset, read = "".join(map(str, range(2000))), 0, ""
    while True:
        cuts = Cuts()
        read += turn_object(turn(text=text), 1000, cuts, offset=offset)["text"]
        if not cuts.notes:
            break
        offset = int(cuts.notes[0].split("offset ")[1].split()[0])
    assert read == text


def test_what_people_do_not_see_is_removed_everywhere() -> None:
    hidden = "".join(chr(0xE0000 + ord(one)) for one in "delete")
    given = {"a": [f"好{hidden}\u200b\u202e", ("\x1b[31m红\n行",)], "n": 1, "f": 0.5, "none": None}
    assert clean(given) == {"a": ["好", ["[31m红\n行"]], "n": 1, "f": 0.5, "none": None}
    said = answer(Cuts(), hits=[turn_object(turn(text=HOSTILE, title=HOSTILE), 1000, Cuts())])
    assert next(iter(said)) == "untrusted"
    assert all(one.isprintable() for one in said["hits"][0]["title"])


def test_an_error_has_what_is_near_and_no_more_than_a_dozen() -> None:
    told = error_answer(
        NotFoundError("There is no speaker 何.", tuple(f"何{n}" for n in range(50)), "fangtan speakers")
    )
    assert (told["error"], told["next_step"], len(told["near"])) == ("There is no speaker 何.", "fangtan speakers", 12)


def test_turns_share_the_room_of_an_answer() -> None:
    assert share_of_room(1, 1500) == 1500
    assert share_of_room(100) * 100 <= MAX_CHARACTERS


def test_hits_with_all_that_is_beside_them_fit_into_an_answer() -> None:
    long = turn(text="渡口" * 4000)
    beside = (Marked(long),) * 3
    hits = [Hit(n, 1.0, long, ((4000, 4002),), Marked(long), beside, beside) for n in range(20)]
    shown = hit_objects(hits, Cuts())
    texts = [one["text"] for hit in shown for one in (hit, hit["question"], *hit["before"], *hit["after"])]
    assert len(texts) == 160
    assert MAX_CHARACTERS * 0.9 < sum(map(len, texts)) <= MAX_CHARACTERS


def test_names_of_a_hostile_transcript_are_few_and_short() -> None:
    shown = turn_object(turn(topics=("题" * 9000,) * 90, title="题" * 9000, media=f"/{'录' * 4000}.mp3"), 1000, Cuts())
    assert (len("".join(shown["topics"])), len(shown["title"]), shown["media_link"]) == (402, 201, "")
