"""Pages that are read ahead: in order, each once, one at a time, and no more than asked for."""

import threading

import pytest

from search_cli.read_ahead import read_ahead


class Pages:
    """Pages 0 to 5; remembers what was read, and in which thread."""

    def __init__(self) -> None:
        self.read: list[tuple[int, bool]] = []

    def __call__(self, number: int) -> int:
        self.read.append((number, threading.current_thread() is threading.main_thread()))
        return number


def after(number: int) -> int | None:
    return number + 1 if number < 5 else None


def test_every_page_once_and_in_order() -> None:
    pages = Pages()
    assert list(read_ahead(pages, 0, after)) == [0, 1, 2, 3, 4, 5]
    assert pages.read == [(0, True), (1, True), (2, False), (3, False), (4, False), (5, False)]


def test_a_single_page() -> None:
    pages = Pages()
    assert list(read_ahead(pages, 5, after)) == [5]
    assert pages.read == [(5, True)]


@pytest.mark.parametrize(("used", "read"), [(1, 1), (2, 3), (3, 4)])
def test_who_stops_early_has_read_at_most_one_more(used: int, read: int) -> None:
    pages = Pages()
    reading = read_ahead(pages, 0, after)
    for _ in range(used):
        next(reading)
    reading.close()
    assert len(pages.read) == read


def test_an_error_is_raised_where_its_page_is_due() -> None:
    def read(number: int) -> int:
        if number == 3:
            raise ConnectionError
        return number

    reading = read_ahead(read, 0, after)
    assert [next(reading), next(reading), next(reading)] == [0, 1, 2]
    with pytest.raises(ConnectionError):
        next(reading)
