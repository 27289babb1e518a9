"""TREC runs."""

from search_cli.models import Ranked
from search_cli.rendering.formats.trec_run import trec_lines


def test_a_trec_run():
    ranked = [Ranked(1, "qzone-xiaomi#3", 12.5), Ranked(2, "口述史/染坊#2", 3.25)]
    assert list(trec_lines("q1", ranked)) == [
        "q1 Q0 qzone-xiaomi#3 1 12.500000 fangtan\n",
        "q1 Q0 口述史/染坊#2 2 3.250000 fangtan\n",
    ]


def test_white_space_in_an_id_does_not_shift_the_columns():
    (line,) = trec_lines("q 1", [Ranked(1, "my talk\t#3", 1.0)])
    assert line == "q%201 Q0 my%20talk%09#3 1 1.000000 fangtan\n"
    assert len(line.split()) == 6
