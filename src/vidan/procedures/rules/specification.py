"""What a procedure version says, as a value: papers, time limit, fee. Pure."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgreedExtension(_Value):
    """More days by written agreement with the person (23/2015/NĐ-CP, article 21)."""

    most_days: int = Field(ge=1)
    grounds: tuple[str, ...] = Field(min_length=1)
    basis: str


class SameDay(_Value):
    """Resolved the day it is received; received after ``cutoff``, the next working day."""

    rule: Literal["same_day"]
    cutoff: time
    basis: str
    agreed_extension: AgreedExtension | None = None


class Tier(_Value):
    """What one page costs, in đồng, from the ``from_page``-th to the ``to_page``-th page."""

    from_page: int = Field(ge=1)
    to_page: int | None = None
    amount: int = Field(ge=0)


class CopiedPages(_Value):
    """A fee by pages of the original and number of copies, with a cap per copy, in đồng."""

    rule: Literal["copied_pages"]
    name: str
    tiers: tuple[Tier, ...] = Field(min_length=1)
    cap_per_copy: int = Field(gt=0)
    basis: str

    @model_validator(mode="after")
    def _tiers_join(self) -> CopiedPages:
        expected = 1
        for place, tier in enumerate(self.tiers):
            if tier.from_page != expected:
                raise ValueError(f"tier {place + 1} must start at page {expected}")
            if tier.to_page is None:
                if place != len(self.tiers) - 1:
                    raise ValueError("only the last tier may be open")
                return self
            if tier.to_page < tier.from_page:
                raise ValueError(f"tier {place + 1} ends before it starts")
            expected = tier.to_page + 1
        raise ValueError("the last tier must be open")


class Paper(_Value):
    """A paper the published version lists; nothing else may be asked for."""

    key: str
    name: str
    mode: Literal["show", "hand_in"]
    optional: bool = False
    repeats: bool = False
    why: str = ""


class Specification(_Value):
    """One version of one procedure."""

    code: str = Field(pattern=r"^\d\.\d{6}$")
    name: str
    short_name: str
    list_name: str
    everyday: tuple[str, ...] = ()
    field: str
    decision: str
    authority: str
    valid_from: date
    channels: tuple[Literal["counter", "online", "post"], ...]
    time_limit: SameDay
    fee: CopiedPages
    papers: tuple[Paper, ...] = Field(min_length=1)
    who_may_come: str = ""
    common_originals: tuple[str, ...] = ()
    """What people most often bring: suggestions while typing, never a limit."""
    results: tuple[str, ...] = Field(min_length=1)
    register_name: str = Field(default="", alias="register")
    legal_basis: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
