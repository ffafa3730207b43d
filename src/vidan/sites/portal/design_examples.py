"""What the living design page shows. All people, codes and amounts are invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.safestring import mark_safe

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)
HOLIDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


class ExampleForm(forms.Form):
    """One field of every kind; an empty post shows every error."""

    citizen_id = forms.CharField(
        label="Số căn cước",
        help_text="12 chữ số trên mặt trước của thẻ",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    born = forms.DateField(label="Ngày sinh", input_formats=["%d/%m/%Y"])
    copies = forms.IntegerField(
        label="Số bản cần", min_value=1, error_messages={"required": "Xin ghi số bản cần sao."}
    )
    phone = forms.CharField(
        label="Điện thoại", required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    village = forms.ChoiceField(
        label="Nơi ở", choices=[("", "Chọn buôn, thôn"), ("1", "Buôn Phê"), ("2", "Thôn 4")]
    )
    receive = forms.ChoiceField(
        label="Nhận kết quả",
        choices=[("counter", "Tại quầy 4"), ("post", "Bưu chính công ích")],
        widget=forms.RadioSelect,
    )
    tell = forms.MultipleChoiceField(
        label="Báo tin bằng",
        choices=[("sms", "Tin nhắn"), ("call", "Gọi điện"), ("head", "Nhờ trưởng buôn")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    read_back = forms.BooleanField(label="Đã đọc lại cho người nộp nghe")
    photo = forms.FileField(
        label="Ảnh chụp giấy tờ", help_text="JPG, PNG hoặc PDF, mỗi tệp tối đa 20 MB"
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)


class PaperLine(forms.Form):
    """One paper to be copied."""

    paper = forms.CharField(label="Bản chính")
    pages = forms.IntegerField(label="Trang", min_value=1)
    copies = forms.IntegerField(label="Bản", min_value=1)


def _forms() -> Mapping[str, object]:
    lines = forms.formset_factory(PaperLine, extra=0)
    wrong = ExampleForm(
        {"wrong-citizen_id": "06600000001", "wrong-born": "1987", "wrong-copies": ""},
        prefix="wrong",
    )
    wrong.add_error("citizen_id", "Số căn cước có 12 chữ số. Ông/bà đã nhập 11.")
    return {
        "form": ExampleForm(initial={"receive": "counter", "copies": 2}),
        "wrong": wrong,
        "lines": lines(
            prefix="giay",
            initial=[
                {"paper": "Bằng tốt nghiệp THPT", "pages": 1, "copies": 3},
                {"paper": "Học bạ THPT", "pages": 12, "copies": 2},
            ],
        ),
    }


def _why() -> Mapping[str, object]:
    bold = mark_safe  # our own words, nothing typed by anybody
    return {
        "sheets": [
            {"on": MONDAY, "note": "nộp 15:20"},
            {"on": HOLIDAY, "note": "nghỉ lễ", "kind": "off"},
            {"on": WEDNESDAY, "note": "17:00", "kind": "due"},
        ],
        "reasons": [
            bold(
                "Nhận đủ giấy tờ lúc <b>15:20 thứ Hai 23/11</b>. "
                "Nộp sau 15:00 thì trả vào ngày làm việc tiếp theo."
            ),
            bold("<b>Thứ Ba 24/11</b> nghỉ Ngày Văn hóa Việt Nam, không tính."),
            bold("Ngày làm việc tiếp theo là <b>thứ Tư 25/11</b>, hạn cuối là giờ đóng cửa 17:00."),
        ],
        "short_reasons": [
            "Nhận 15:20, sau 15:00: tính ngày làm việc tiếp theo.",
            "24/11 nghỉ Ngày Văn hóa Việt Nam: đến 17:00 thứ Tư.",
        ],
    }


def _threads() -> Mapping[str, object]:
    return {
        "citizen_thread": [
            {"title": "Đã nhận hồ sơ", "lines": ["15:20 thứ Hai 23/11, quầy 2"]},
            {"title": "Đã thu phí 34.000 đ", "lines": ["15:22, tiền mặt, biên lai số 000418"]},
            {
                "kind": "now",
                "title": "Đang đối chiếu với bản chính",
                "lines": ["từ 07:05 hôm nay, bộ phận Tư pháp – Hộ tịch"],
            },
            {"kind": "next", "title": "Lãnh đạo ký"},
            {
                "kind": "next",
                "title": "Mời ông/bà đến nhận, quầy 4",
                "lines": ["Mang theo giấy hẹn. Mất giấy vẫn nhận được."],
            },
        ],
        "officer_thread": [
            {
                "title": "Tiếp nhận",
                "lines": ["09:10 thứ Tư 18/11 · Lê Thị Ngọc Ánh, quầy 2. Phiếu mẫu 01."],
            },
            {"title": "Chuyển Tư pháp – Hộ tịch", "lines": ["09:25 18/11"]},
            {
                "kind": "pause",
                "title": "Yêu cầu bổ sung, lần 1",
                "lines": [
                    "10:00 thứ Năm 19/11 · Trần Thị Mai Hương. Tờ khai ghi đã ly hôn, thiếu bản án "
                    "hoặc quyết định ly hôn. Phiếu mẫu 02."
                ],
                "stretch": "Đồng hồ dừng 10 giờ làm việc",
            },
            {
                "title": "Đã bổ sung đủ",
                "lines": ["14:00 thứ Sáu 20/11 · người nộp mang đến quầy 1. Hạn được tính lại."],
            },
            {
                "kind": "now",
                "title": "Thẩm tra",
                "lines": ["Trần Thị Mai Hương đang giữ. Hạn của bước: 17:00 hôm nay."],
            },
            {
                "kind": "next",
                "title": "Lãnh đạo ký",
                "lines": ["Lê Đình Phúc, Phó Chủ tịch UBND xã"],
            },
            {"kind": "next", "title": "Trả kết quả", "lines": ["Tại quầy 4"]},
        ],
    }


def rows() -> list[dict[str, Any]]:
    """The inbox of the pictures, grouped by due day."""

    def row(state: str, text: str, code: str, name: str, what: str, step: str) -> dict[str, object]:
        return {
            "due": {"state": state, "text": text},
            "code": f"H15.158-{code}",
            "name": name,
            "what": what,
            "step": step,
        }

    copy = "Chứng thực bản sao"
    single = "Xác nhận tình trạng hôn nhân"
    return [
        {
            "title": "Quá hạn",
            "note": "1 · chưa có thư xin lỗi",
            "rows": [
                row("late", "trễ từ 08:30", "261118-0007", "Nông Văn Dũng", single, "Thẩm tra")
            ],
        },
        {
            "title": "Hôm nay, thứ Hai 23/11",
            "note": "4",
            "rows": [
                row("due_today", "17:00", "261120-0031", "Phạm Văn Thọ", copy, "Đối chiếu"),
                row("due_today", "17:00", "261123-0014", "Vi Thị Lả", copy, "Đối chiếu"),
                row(
                    "due_today",
                    "17:00",
                    "261123-0018",
                    "H’Bia Mlô",
                    "Bản sao trích lục khai sinh",
                    "Tra sổ",
                ),
                row(
                    "due_today",
                    "17:00",
                    "261123-0019",
                    "Lý Thị Mẩy",
                    "Chứng thực chữ ký",
                    "Thẩm tra",
                ),
            ],
        },
        {
            "title": "Ngày làm việc tới, thứ Tư 25/11",
            "note": "3",
            "rows": [
                row("in_time", "11:10", "261118-0012", "Nguyễn Thị Hồng Thắm", single, "Thẩm tra"),
                row("in_time", "14:05", "261119-0022", "Hoàng A Páo", single, "Thẩm tra"),
                row("in_time", "17:00", "261123-0021", "H’Len Êban", copy, "Đối chiếu"),
            ],
        },
    ]


def _rail() -> list[dict[str, object]]:
    def item(label: str, count: int, **more: bool) -> dict[str, object]:
        return {"label": label, "count": count, "href": "#rail", **more}

    return [
        {
            "title": "Cần tôi làm",
            "items": [
                item("Tất cả", 9, current=True),
                item("Quá hạn", 1, hot=True),
                item("Hạn hôm nay", 4),
                item("Bị trả lại", 0),
            ],
        },
        {
            "title": "Đang ở nơi khác",
            "items": [item("Chờ lãnh đạo ký", 4), item("Chờ dân bổ sung", 2)],
        },
    ]


def context() -> dict[str, Any]:
    """Everything the design page shows."""
    money = [
        {"formula": "Bằng tốt nghiệp: 3 × (1 × 2.000)", "amount": 6000},
        {"formula": "Học bạ: 2 × (2 × 2.000 + 10 × 1.000)", "amount": 28000},
    ]
    return {
        **_forms(),
        **_why(),
        **_threads(),
        "groups": rows(),
        "rail_groups": _rail(),
        "money_rows": money,
        "monday": MONDAY,
        "holiday": HOLIDAY,
        "wednesday": WEDNESDAY,
        "due_at": _at(WEDNESDAY, 17),
        "stale_at": _at(MONDAY, 15, 24),
        "offline_at": _at(MONDAY, 9, 12),
        "states": ["in_time", "due_today", "late", "paused", "in_work", "ready", "finished"],
        "unit_name": "Xã Ea Phê, tỉnh Đắk Lắk",
        "officer": SimpleNamespace(name="Trần Thị Mai Hương", post="Tư pháp – Hộ tịch · xã Ea Phê"),
        "example_messages": [
            SimpleNamespace(
                level_tag="success",
                text="Đã tiếp nhận H15.158-261123-0021. Hẹn trả 17:00 thứ Tư 25/11.",
            ),
            SimpleNamespace(
                level_tag="error", text="Ảnh quá mờ, không đọc được số. Xin chụp lại nơi đủ sáng."
            ),
        ],
        "commands": [
            {
                "title": "Hồ sơ",
                "options": [
                    {
                        "href": "#command-show",
                        "label": "H’Len Êban",
                        "about": "261123-0021 · Chứng thực bản sao",
                    },
                    {
                        "href": "#command-show",
                        "label": "H’Len Niê",
                        "about": "261119-0008 · Đã trả kết quả",
                    },
                ],
            },
            {
                "title": "Lệnh",
                "options": [{"href": "#command-show", "label": "Tiếp nhận hồ sơ mới", "key": "F2"}],
            },
        ],
    }
