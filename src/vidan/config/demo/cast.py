"""The demo's people. All invented; numbers and phones belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from vidan.people.rules.roles import Role

EA_PHE = "H15.158"
KRONG_PAC = "H15.156"
DAK_LAK = "H15"


@dataclass(frozen=True, slots=True)
class Staff:
    """One account of the demo: its posts are (role, unit, place), the first one is its main."""

    login: str
    name: str
    posts: tuple[tuple[Role, str, str], ...]


STAFF = (
    Staff(
        "anh",
        "Lê Thị Ngọc Ánh",
        ((Role.RECEPTIONIST, EA_PHE, "quầy 2"), (Role.CASHIER, EA_PHE, "quầy 2")),
    ),
    Staff("huong", "Trần Thị Mai Hương", ((Role.SPECIALIST, EA_PHE, "Tư pháp – Hộ tịch"),)),
    Staff("phuc", "Lê Đình Phúc", ((Role.LEADER, EA_PHE, "Phó Chủ tịch UBND xã"),)),
    Staff("thu", "Nông Thị Thu", ((Role.CASHIER, EA_PHE, "quầy 3"),)),
    Staff("khai", "Phạm Văn Khải", ((Role.RETURNER, EA_PHE, "quầy 4"),)),
    Staff("tuan", "Hoàng Minh Tuấn", ((Role.UNIT_ADMINISTRATOR, EA_PHE, ""),)),
    Staff("nga", "H’Nga Niê", ((Role.REFORM_OFFICER, EA_PHE, ""),)),
    Staff("bao", "Đặng Quốc Bảo", ((Role.INSPECTOR, DAK_LAK, ""),)),
    Staff("bham", "Y Bhăm Mlô", ((Role.OUTSIDE_MONITOR, DAK_LAK, ""),)),
    Staff("dang", "Vũ Hải Đăng", ((Role.OPERATOR, DAK_LAK, ""),)),
    Staff("minh", "Đỗ Quang Minh", ((Role.RECEPTIONIST, KRONG_PAC, "quầy 1"),)),
    Staff("loan", "Bùi Thị Loan", ((Role.SPECIALIST, KRONG_PAC, "Tư pháp – Hộ tịch"),)),
    Staff("son", "Trịnh Ngọc Sơn", ((Role.LEADER, KRONG_PAC, "Chủ tịch UBND xã"),)),
)


@dataclass(frozen=True, slots=True)
class Citizen:
    """One of the people served; ``phone`` empty is normal."""

    name: str
    sex: str
    birth: str
    citizen_id: str
    address: str
    phone: str = ""


CITIZENS = (
    Citizen("H’Len Êban", "female", "14/03/1987", "066187000012", "buôn Phê, xã Ea Phê"),
    Citizen(
        "H’Len Êban", "female", "02/09/1994", "066194000018", "buôn Puăn, xã Ea Phê", "0900000011"
    ),
    Citizen(
        "Nguyễn Thị Hồng Thắm",
        "female",
        "20/06/1990",
        "066190000025",
        "thôn 4, xã Ea Phê",
        "0900000012",
    ),
    Citizen("Phạm Văn Thọ", "male", "11/01/1962", "066062000031", "thôn Phước Lộc, xã Ea Phê"),
    Citizen("Vi Thị Lả", "female", "1958", "066158000047", "thôn 7, xã Ea Phê"),
    Citizen(
        "Y Thiên Niê",
        "male",
        "30/10/1979",
        "066079000052",
        "buôn Ea Yiêng, xã Ea Phê",
        "0900000013",
    ),
    Citizen(
        "Hoàng A Páo",
        "male",
        "05/05/1985",
        "066085000068",
        "thôn Thái Sơn, xã Ea Phê",
        "0900000014",
    ),
    Citizen(
        "Lý Thị Mẩy", "female", "17/08/1996", "066196000073", "thôn 10, xã Ea Phê", "0900000015"
    ),
    Citizen(
        "H’Bia Mlô", "female", "25/12/2003", "066303000089", "buôn Phê, xã Ea Phê", "0900000016"
    ),
    Citizen(
        "Nông Văn Dũng", "male", "09/09/1971", "066071000094", "thôn 2, xã Ea Phê", "0900000017"
    ),
    Citizen(
        "Trần Đức Lợi",
        "male",
        "28/02/1988",
        "066088000105",
        "thôn Hòa Thành, xã Ea Phê",
        "0900000018",
    ),
    Citizen("Đinh Thị Sương", "female", "03/04/1975", "066175000111", "thôn 5, xã Ea Phê"),
)
ELSEWHERE = Citizen(
    "Ngô Thanh Bình", "male", "12/07/1983", "066083000127", "thôn 1, xã Krông Pắc", "0900000019"
)
