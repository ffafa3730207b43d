"""The demo's dossiers: the last few working days of Ea Phê, driven through the verbs.

Every dossier has a key made from its place in the story, so that a story which was cut off
(a killed launcher) goes on where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.authorities.rules.calendar import WorkCalendar
from vidan.config.demo.cast import CITIZENS, EA_PHE, ELSEWHERE, KRONG_PAC, Citizen
from vidan.config.demo.people import person
from vidan.dossiers import actions
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.intake import HandOverProof, Intake, PaperLine, Parties
from vidan.dossiers.rules.lifecycle import Step
from vidan.kernel.clock import ZONE
from vidan.payments import actions as payments
from vidan.people.models import User

_STORY = UUID("5d3c1a52-7a3f-4d4e-9c83-0d6f3b8f2a11")
_ORDER = (Step.QUEUED, Step.CHECKING, Step.SIGNING, Step.ISSUING, Step.READY, Step.RETURNED)
_PAPERS = (
    (PaperLine("Bằng tốt nghiệp THPT", 1, 3), PaperLine("Học bạ THPT", 12, 2)),
    (PaperLine("Giấy khai sinh", 1, 4),),
    (PaperLine("Căn cước công dân", 2, 2), PaperLine("Sổ hộ khẩu", 16, 1)),
    (PaperLine("Giấy chứng nhận quyền sử dụng đất", 4, 2),),
    (PaperLine("Hợp đồng lao động", 7, 3),),
    (PaperLine("Bằng tốt nghiệp đại học", 1, 5), PaperLine("Bảng điểm đại học", 3, 5)),
)
# Where the newest dossiers stand while their due time is still to come.
_OPEN_ENDS = (
    Step.QUEUED,
    Step.CHECKING,
    Step.CHECKING,
    Step.SIGNING,
    Step.QUEUED,
    Step.ISSUING,
    Step.READY,
)
WORKING_DAYS_BACK = 6
MOST_A_DAY = 6
# The last working day's late afternoon is busier: those dossiers are due the day after.
AFTERNOON = time(15, 1)
MOST_IN_THE_AFTERNOON = 7


@dataclass(frozen=True, slots=True)
class Office:
    """A unit with the people of the story who work there."""

    unit: Unit
    calendar: WorkCalendar
    receptionist: User
    cashier: User
    specialist: User
    leader: User
    returner: User | None


def tell(staff: dict[str, User], *, now: datetime, progress: Callable[[str], None]) -> int:
    """Make the story up to ``now``; how many dossiers there are."""
    ea_phe = _office(EA_PHE, staff, ("anh", "anh", "huong", "phuc", "khai"), now)
    moments = list(_moments(ea_phe.calendar, now))
    chance = random.Random(20231220)  # noqa: S311 - the same story every time
    made = 0
    for place, at in enumerate(moments):
        citizen = CITIZENS[place % len(CITIZENS)]
        papers = _PAPERS[chance.randrange(len(_PAPERS))]
        late = place == len(moments) - 12
        _one(
            ea_phe,
            f"ea-phe/{at:%Y%m%d}/{place}",
            citizen,
            papers,
            at,
            now,
            len(moments) - place,
            late,
        )
        made += 1
        if made % 10 == 0:
            progress(f"{made}/{len(moments) + 1}")
    neighbour = _office(KRONG_PAC, staff, ("minh", "minh", "loan", "son", None), now)
    if moments:
        _one(
            neighbour, "krong-pac/1", ELSEWHERE, _PAPERS[1], moments[-1], now, 1, False, paid=False
        )
        made += 1
    return made


def _office(
    code: str,
    staff: dict[str, User],
    names: tuple[str, str, str, str, str | None],
    now: datetime,
) -> Office:
    unit = authorities.unit_by_code(code, on=now.date())
    receptionist, cashier, specialist, leader = (staff[name] for name in names[:4] if name)
    returner = staff[names[4]] if names[4] else None
    return Office(
        unit, authorities.calendar_of(unit), receptionist, cashier, specialist, leader, returner
    )


def _moments(calendar: WorkCalendar, now: datetime) -> Iterator[datetime]:
    """When people came: minutes within opening hours of the last working days, oldest first."""
    chance = random.Random(4127)  # noqa: S311
    days = _working_days(calendar, now.date())
    for day in days:
        offered = [
            datetime.combine(day, opens, ZONE) + timedelta(minutes=minute)
            for opens, closes in calendar.periods(day)
            for minute in range(5, _minutes(opens, closes) - 20, 11)
        ]
        past = [at for at in offered if at < now - timedelta(minutes=3)]
        chosen = set(chance.sample(past, min(MOST_A_DAY, len(past))))
        if day in days[-2:]:
            late = [at for at in past if at.time() >= AFTERNOON]
            chosen.update(chance.sample(late, min(MOST_IN_THE_AFTERNOON, len(late))))
        yield from sorted(chosen)


def _minutes(opens: object, closes: object) -> int:
    start = datetime.combine(date.min, opens)  # type: ignore[arg-type]
    end = datetime.combine(date.min, closes)  # type: ignore[arg-type]
    return int((end - start).total_seconds() // 60)


def _working_days(calendar: WorkCalendar, today: date) -> list[date]:
    found: list[date] = []
    day = today
    while len(found) < WORKING_DAYS_BACK:
        if calendar.works_on(day):
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]


def _one(
    office: Office,
    key: str,
    citizen: Citizen,
    papers: tuple[PaperLine, ...],
    at: datetime,
    now: datetime,
    from_last: int,
    late: bool,
    *,
    paid: bool = True,
) -> None:
    """One dossier: received, paid, and as far along as its age allows."""
    many = sum(line.pages * line.copies for line in papers) > 25 and from_last % 2 == 0
    who = person(citizen, officer=office.receptionist, unit=office.unit, at=at)
    dossier = actions.receive(
        Intake(
            key=uuid5(_STORY, key),
            visit=uuid5(_STORY, f"visit/{key}"),
            unit=office.unit.code or "",
            procedure="2.000815",
            parties=Parties(who.pk, None, who.pk),
            papers=papers,
            agreed_days=1 if many else 0,
            agreed_ground="bản chính có nhiều trang" if many else "",
        ),
        officer=office.receptionist,
        at=at,
    )
    if paid and dossier.fee_paid == 0:
        payments.take_cash(dossier.code, officer=office.cashier, at=at + timedelta(minutes=2))
    if late:
        goal = Step.CHECKING
    elif dossier.due_at < now:
        goal = Step.READY if from_last % 9 == 4 else Step.RETURNED
    else:
        goal = _OPEN_ENDS[from_last % len(_OPEN_ENDS)]
    _advance(office, dossier.code, citizen, goal, now)


def _advance(office: Office, code: str, citizen: Citizen, goal: Step, now: datetime) -> None:
    """Take the next step until ``goal``, each a while after the last, none in the future."""
    pace = {
        Step.QUEUED: timedelta(minutes=9),
        Step.CHECKING: timedelta(minutes=21),
        Step.SIGNING: timedelta(minutes=34),
        Step.ISSUING: timedelta(minutes=12),
        Step.READY: timedelta(minutes=40),
    }
    while True:
        dossier = Dossier.objects.get(code=code)
        step = dossier.at_step
        if _ORDER.index(step) >= _ORDER.index(goal):
            return
        at = dossier.step_since.astimezone(ZONE) + pace[step]
        if at >= now:
            return
        if not _step(office, dossier, step, citizen, at):
            return


def _step(office: Office, dossier: Dossier, step: Step, citizen: Citizen, at: datetime) -> bool:
    code, seen = dossier.code, dossier.version
    if step is Step.QUEUED:
        actions.start(code, officer=office.specialist, seen=seen, at=at)
    elif step is Step.CHECKING:
        actions.propose(code, officer=office.specialist, seen=seen, at=at)
    elif step is Step.SIGNING:
        actions.approve(code, officer=office.leader, seen=seen, at=at)
    elif step is Step.ISSUING:
        actions.issue(code, officer=office.specialist, seen=seen, at=at)
    elif office.returner is not None:
        proof = HandOverProof("applicant", citizen.name, "secret", secret=dossier.secret)
        actions.hand_over(code, officer=office.returner, seen=seen, proof=proof, at=at)
    else:
        return False
    return True
