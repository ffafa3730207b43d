from __future__ import annotations

import logging
import re

import pytest
from django.test import Client, RequestFactory

from vidan.sites import errors

pytestmark = pytest.mark.urls("tests.sites.design_urls")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, headers={"accept-language": "vi"})


def text(content: bytes) -> str:
    return content.decode()


def test_an_unknown_address_says_what_to_do(visitor: Client) -> None:
    answer = visitor.get("/khong-co")

    assert answer.status_code == 404
    assert "Không có trang này" in text(answer.content)
    assert "giấy hẹn" in text(answer.content)


def test_a_refusal_gives_its_reason_and_escapes_it(visitor: Client) -> None:
    answer = visitor.get("/refuses", {"because": "Việc của <b>lãnh đạo</b>"})

    assert answer.status_code == 403
    assert "Việc của &lt;b&gt;lãnh đạo&lt;/b&gt;" in text(answer.content)


def test_an_odd_request_is_answered_not_dropped(visitor: Client) -> None:
    answer = visitor.get("/suspects")

    assert answer.status_code == 400
    assert "tải lại trang" in text(answer.content)


def test_too_much_data_is_said_to_be_too_much(visitor: Client) -> None:
    answer = visitor.get("/suspects", {"big": "1"})

    assert answer.status_code == 413
    assert "Tệp gửi lên quá lớn" in text(answer.content)
    assert "21,0 MB" in text(answer.content)


def test_an_old_form_is_told_to_open_the_page_again() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})

    answer = strict.post("/form", {"a": "1"})

    assert answer.status_code == 403
    assert "chưa được lưu" in text(answer.content)


def test_a_failure_has_a_number_that_the_log_knows(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "vidan.incidents"):
        answer = visitor.get("/breaks?cccd=066000000001")

    number = re.search(r"SC-\w{4}-\w{4}", text(answer.content))
    assert answer.status_code == 500
    assert number
    entry = next(one for one in caplog.records if one.name == "vidan.incidents")
    assert number.group() in entry.getMessage()
    assert entry.exc_info
    assert "066000000001" not in caplog.text.split("Traceback")[0]


def test_the_failure_page_needs_no_template_and_no_database(rf: RequestFactory) -> None:
    answer = errors.server_error(rf.get('/a"><script>'))

    assert answer.status_code == 500
    assert "<script" not in text(answer.content)
