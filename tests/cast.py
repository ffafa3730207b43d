"""The people of the tests: two communes of Đắk Lắk and the province above them. All invented.

Ea Phê (H15.158): Ánh receives at counter 2, Hương decides, Phúc signs, Thu takes the money, Khải
returns, Tuấn administers, H'Nga reforms. Krông Pắc: Minh receives, Loan decides, Sơn signs. The
province: Bảo inspects, Y Bhăm watches from outside, Đăng operates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client

from vidan.authorities import actions as authorities_actions
from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.kernel.clock import ZONE
from vidan.people.models import Post, User
from vidan.people.rules.roles import Role

EA_PHE, KRONG_PAC, DAK_LAK = "H15.158", "H15.156", "H15"
PASSWORD = "con trâu đi trước cái cày"
BEGINNING = datetime(2026, 1, 5, 7, 0, tzinfo=ZONE)
# A working Monday, in the middle of the morning.
MONDAY = datetime(2026, 11, 23, 9, 12, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Part:
    username: str
    full_name: str
    role: Role
    unit: str
    place: str = ""


CAST = (
    Part("anh", "Lê Thị Ngọc Ánh", Role.RECEPTIONIST, EA_PHE, "quầy 2"),
    Part("huong", "Trần Thị Mai Hương", Role.SPECIALIST, EA_PHE),
    Part("phuc", "Lê Đình Phúc", Role.LEADER, EA_PHE),
    Part("thu", "Nông Thị Thu", Role.CASHIER, EA_PHE, "quầy 3"),
    Part("khai", "Phạm Văn Khải", Role.RETURNER, EA_PHE, "quầy 4"),
    Part("tuan", "Hoàng Minh Tuấn", Role.UNIT_ADMINISTRATOR, EA_PHE),
    Part("nga", "H’Nga Niê", Role.REFORM_OFFICER, EA_PHE),
    Part("bao", "Đặng Quốc Bảo", Role.INSPECTOR, DAK_LAK),
    Part("bham", "Y Bhăm Mlô", Role.OUTSIDE_MONITOR, DAK_LAK),
    Part("dang", "Vũ Hải Đăng", Role.OPERATOR, DAK_LAK),
    Part("minh", "Đỗ Quang Minh", Role.RECEPTIONIST, KRONG_PAC, "quầy 1"),
    Part("loan", "Bùi Thị Loan", Role.SPECIALIST, KRONG_PAC),
    Part("son", "Trịnh Ngọc Sơn", Role.LEADER, KRONG_PAC),
)
_PARTS = {part.username: part for part in CAST}


@pytest.fixture
def at() -> datetime:
    """The moment of the test: a Monday morning at the counter."""
    return MONDAY


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """Đắk Lắk and its communes, by code: the three where the cast works."""
    authorities_actions.load_units(provinces=["66"])
    return {code: authorities.unit_by_code(code) for code in (EA_PHE, KRONG_PAC, DAK_LAK)}


@pytest.fixture
def ea_phe(units: dict[str, Unit]) -> Unit:
    return units[EA_PHE]


@pytest.fixture
def krong_pac(units: dict[str, Unit]) -> Unit:
    return units[KRONG_PAC]


@pytest.fixture
def dak_lak(units: dict[str, Unit]) -> Unit:
    return units[DAK_LAK]


@pytest.fixture
def person_of_the_cast(units: dict[str, Unit]) -> Callable[[str], User]:
    """Somebody of the cast by user name, with their post since January 2026."""
    known: dict[str, User] = {}

    def play(username: str) -> User:
        if username not in known:
            part = _PARTS[username]
            user = User.objects.create_user(username, PASSWORD, full_name=part.full_name)
            Post.objects.create(
                user=user,
                unit=units[part.unit],
                role=part.role.value,
                place=part.place,
                valid_from=BEGINNING,
            )
            known[username] = user
        return known[username]

    return play


def _fixture_for(username: str) -> Callable[..., User]:
    @pytest.fixture(name=username)
    def one(person_of_the_cast: Callable[[str], User]) -> User:
        return person_of_the_cast(username)

    one.__doc__ = _PARTS[username].full_name
    return one


anh, huong, phuc, thu, khai = map(_fixture_for, ("anh", "huong", "phuc", "thu", "khai"))
tuan, nga, bao, bham, dang = map(_fixture_for, ("tuan", "nga", "bao", "bham", "dang"))
minh, loan, son = map(_fixture_for, ("minh", "loan", "son"))


@pytest.fixture
def cast(person_of_the_cast: Callable[[str], User]) -> dict[str, User]:
    """Everybody, by user name."""
    return {part.username: person_of_the_cast(part.username) for part in CAST}


@pytest.fixture
def signed_in(settings: object) -> Callable[[User], Client]:
    """A browser in which this person has signed in, past every second step."""

    def sign_in(user: User) -> Client:
        from vidan.sites.account.guards import HAS_FACTOR

        client = Client()
        client.force_login(user)
        session = client.session
        session[HAS_FACTOR] = True
        session.save()
        return client

    return sign_in
