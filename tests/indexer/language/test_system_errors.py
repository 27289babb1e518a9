"""What the system says of a failure, in Chinese."""

import errno
import os

import pytest

from indexer.language.system_errors import KNOWN, system_reason


@pytest.mark.usefixtures("chinese")
def test_reasons_are_chinese() -> None:
    assert system_reason(PermissionError(errno.EACCES, os.strerror(errno.EACCES))) == "没有权限"
    assert system_reason(OSError("odd")) == "odd"


def test_the_known_reasons_are_those_of_the_system() -> None:
    assert set(KNOWN) <= {os.strerror(number) for number in errno.errorcode}
