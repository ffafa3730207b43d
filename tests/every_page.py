"""Every page that the cast can open, in one language, and what a person reads on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client, override_settings
from tests.cast import EA_PHE, PASSWORD

from vidan.dossiers import actions
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.lifecycle import Step
from vidan.people.models import User

READ_OUT = ("alt", "aria-label", "placeholder", "title", "data-confirm", "data-unsaved")
READ_OUT += ("data-too-big", "data-none", "data-many", "data-copied", "data-results", "content")
UNSEEN = {"script", "style", "svg", "code", "kbd", "head"}
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    """Collects words that are spoken in the page's own language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self.open: list[tuple[str, bool]] = []

    @property
    def hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "html":
            self.language = known.get("lang") or ""
        foreign = known.get("lang") not in (None, self.language)
        hidden = self.hidden or tag in UNSEEN or foreign
        if not hidden and tag != "meta":
            self.said += [known[name] or "" for name in READ_OUT if name in known]
        if tag not in EMPTY:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(name == tag for name, _hidden in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.hidden or (self.open and self.open[-1][0] == "title"):
            self.said.append(data)


def read(html: str) -> tuple[str, str]:
    """The page's language and everything a person reads or hears, piece by piece."""
    reader = _Reader()
    reader.feed(html)
    pieces = (re.sub(r"\s+", " ", piece).strip() for piece in reader.said)
    return reader.language, "\n".join(piece for piece in pieces if piece)


@dataclass
class Round:
    """A walk through every page in one language; ``pages`` holds what was met."""

    language: str
    signed_in: Callable[[User], Client]
    cast: dict[str, User]
    dossiers: dict[Step, Dossier]
    pages: dict[str, Any] = field(default_factory=dict)
    working: dict[str, Client] = field(default_factory=dict)

    def visitor(self, **options: Any) -> Client:
        client = Client(raise_request_exception=False, **options)
        client.cookies["vidan_lang"] = self.language
        return client

    def at_work(self, username: str) -> Client:
        if username in self.working:
            return self.working[username]
        client = self.signed_in(self.cast[username])
        client.raise_request_exception = False
        client.cookies["vidan_lang"] = self.language
        client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
        self.working[username] = client
        return client

    def keep(self, name: str, answer: Any) -> None:
        """A redirect says nothing; it must be a page we forgot to open some other way."""
        assert answer.status_code not in (301, 302), f"{name}: {answer.headers.get('Location')}"
        assert answer.status_code < 500, name
        self.pages[f"{name} ({answer.status_code})"] = answer

    def see(self, client: Client, *paths: str) -> None:
        for path in paths:
            self.keep(path, client.get(path))

    def everything(self) -> dict[str, Any]:
        for part in (self._public, self._door, self._desk, self._hand_over, self._lead, self._own):
            part()
        return self.pages

    def _public(self) -> None:
        visitor = self.visitor()
        self.see(visitor, "/", "/don-vi/", f"/don-vi/{EA_PHE}/", "/thu-tuc/", "/lich-lam-viec/")
        self.see(visitor, "/thu-tuc/?q=photo", "/thu-tuc/?q=xyzzy", "/thu-tuc/2.000815/")
        self.see(visitor, "/thu-tuc/2.000815/?trang=12&ban=2", "/thu-tuc/2.000815/?trang=&ban=x")
        self.see(visitor, "/thu-tuc/2.000815/?trang=500&ban=2", "/thu-tuc/0.000000/", "/khong-co")
        self.see(visitor, "/theo-doi/")
        for dossier in self.dossiers.values():
            self.see(visitor, f"/theo-doi/?ma={dossier.code}&khoa={dossier.secret}")
        for code, secret in (("", ""), ("abc", "12"), ("H15.158-261123-9999", "ABCDEF")):
            answer = visitor.post("/theo-doi/", {"ma": code, "khoa": secret})
            self.keep(f"look up {code}", answer)
        elsewhere = self.visitor()
        self.see(elsewhere, "/", "/lich-lam-viec/", "/thu-tuc/2.000815/")
        strict = self.visitor(enforce_csrf_checks=True)
        self.keep("an old form", strict.post("/theo-doi/", {"ma": "x"}))
        with override_settings(VIDAN_MAX_REQUEST=10):
            self.keep("too much", visitor.post("/theo-doi/", {"ma": "x" * 20}))

    def _door(self) -> None:
        visitor = self.visitor()
        self.see(visitor, "/dang-nhap/", "/dang-nhap/da-ngung/")
        self.keep("sign in, empty", visitor.post("/dang-nhap/", {}))
        for count in range(5):
            wrong = {"login": "ai.do", "password": f"không phải {self.language}"}
            self.keep(f"sign in, wrong {count}", visitor.post("/dang-nhap/", wrong))

    def _desk(self) -> None:
        anh, phuc = self.at_work("anh"), self.at_work("phuc")
        boxes = ("all", "late", "today", "returned", "signing", "ready", "unclaimed", "unpaid")
        for client in (anh, phuc):
            self.see(client, "/can-bo/", *(f"/can-bo/?muc={box}" for box in boxes))
        self.see(anh, "/can-bo/ho-so/", "/can-bo/ho-so/?q=xyzzy", "/can-bo/tra-ket-qua/")
        self.see(anh, "/can-bo/tim/?q=tiep", "/can-bo/tim/?q=hlen", "/can-bo/tim/?q=xyzzy")
        self.see(anh, "/can-bo/ho-so/H15.158-000000-0000/")
        for step, dossier in self.dossiers.items():
            for name in ("anh", "huong", "phuc", "thu", "khai"):
                answer = self.at_work(name).get(f"/can-bo/ho-so/{dossier.code}/")
                self.keep(f"{name} at {step}", answer)
            self.see(phuc, f"/can-bo/xem-nhanh/{dossier.code}/")
        self.see(anh, f"/can-bo/ho-so/{self.dossiers[Step.READY].code}/in/")
        self._intake(anh)
        signing = f"/can-bo/ho-so/{self.dossiers[Step.SIGNING].code}"
        self.see(phuc, f"{signing}/tra-lai/")
        seen = str(self.dossiers[Step.SIGNING].version)
        self.keep("no reason", phuc.post(f"{signing}/tra-lai/", {"reason": "", "seen": seen}))
        self.keep("too late", phuc.post(f"{signing}/approve/", {"seen": "1"}))
        self.keep("not hers", anh.post(f"{signing}/approve/", {"seen": seen}))
        self.keep("not her unit’s", self.at_work("loan").get(f"{signing}/"))
        self.keep("not his role", self.at_work("khai").get("/can-bo/tiep-nhan/"))

    def _intake(self, anh: Client) -> None:
        path = "/can-bo/tiep-nhan/"
        self.see(anh, path)
        line = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "unit": EA_PHE}
        paper = {"lines-0-label": "Học bạ THPT", "lines-0-pages": "12", "lines-0-copies": "2"}
        many = {"whom": "other", "agreed_days": "1", "return_by": "post"}
        person = {"p-new": "1", "p-citizen_id": "123", "p-phone": "12", "p-birth": "31/02/1990"}
        long = {"p-new": "1", "p-full_name": "A" * 200, "p-sex": "x", "whom": "x"}
        for do, more in (
            ("find:p", {"p-find": "hlen"}),
            ("find:p", {"p-find": "066187000012"}),
            ("find:p", {"p-find": "xyzzy"}),
            ("find:p", {"p-find": "1|2"}),
            ("new:p", {"p-find": "xyzzy"}),
            ("new:o", {"whom": "other"}),
            ("new:g", {"whom": "organisation"}),
            ("next", {"p-find": "066187000012", **paper, **many}),
            ("receive", {}),
            ("receive", {**paper, **many}),
            ("receive", {"lines-0-label": "x", "lines-0-pages": "0", "lines-0-copies": "x"}),
            ("receive", {"p-full_name": "X", **person, **paper, "lines-0-shown": "on"}),
            ("receive", {**long, **paper, "lines-0-shown": "on"}),
        ):
            given = {"do": do, "whom": "self", "return_by": "counter", **line, **more}
            self.keep(f"intake {do} {sorted(more)}", anh.post(path, given))

    def _hand_over(self) -> None:
        khai, dossier = self.at_work("khai"), self.dossiers[Step.READY]
        path = f"/can-bo/ho-so/{dossier.code}/trao/"
        self.see(khai, path)
        seen = {"seen": str(dossier.version), "name": "H’Len Êban", "recipient": "applicant"}
        self.keep("hand over, empty", khai.post(path, {}))
        for method in ("secret", "citizen_id", "signature", "x"):
            self.keep(f"hand over by {method}", khai.post(path, {**seen, "method": method}))
        wrong = {**seen, "method": "secret", "secret": "ABCDEF"}
        self.keep("wrong characters", khai.post(path, wrong))
        self.keep("old page", khai.post(path, {**wrong, "seen": "1", "secret": dossier.secret}))
        alone = {**seen, "method": "secret", "recipient": "authorised", "secret": dossier.secret}
        self.keep("no authority", khai.post(path, alone))

    def _lead(self) -> None:
        phuc, tuan, bao = (self.at_work(name) for name in ("phuc", "tuan", "bao"))
        self.see(phuc, "/quan-ly/tong-quan/", "/quan-ly/uy-quyen/", "/quan-ly/ai-da-xem/")
        self.keep("delegate, empty", phuc.post("/quan-ly/uy-quyen/", {"x": "1"}))
        self.keep("delegate, wrong", phuc.post("/quan-ly/uy-quyen/", {"post": "x", "to": "0"}))
        dossier = self.dossiers[Step.READY]
        for text in (dossier.code, "066187000012", "xyzzy"):
            self.keep(f"looked {text}", bao.post("/quan-ly/ai-da-xem/", {"text": text}))
        anh = self.cast["anh"].pk
        self.see(tuan, "/quan-ly/nhan-su/", "/quan-ly/nhan-su/?tim=xyzzy", "/quan-ly/uy-quyen/")
        self.see(tuan, "/quan-ly/nhan-su/them/", "/quan-ly/nhan-su/nhan-them/")
        self.see(tuan, f"/quan-ly/nhan-su/{anh}/", f"/quan-ly/nhan-su/{self.cast['tuan'].pk}/")
        self.keep("hire, empty", tuan.post("/quan-ly/nhan-su/them/", {"x": "1"}))
        hired = {"role": "receptionist", "full_name": "Y Thanh", "username": "A b", "place": "4"}
        self.keep("hire, wrong", tuan.post("/quan-ly/nhan-su/them/", hired))
        hired["username"] = f"ythanh.{self.language}"
        self.keep("hire", tuan.post("/quan-ly/nhan-su/them/", hired))
        self.keep("take on", tuan.post("/quan-ly/nhan-su/nhan-them/", {"username": "nobody"}))
        give = f"/quan-ly/nhan-su/{anh}/giao-vai-tro/"
        self.keep("give, wrong", tuan.post(give, {"role": "x", "valid_from": "mai"}))
        self.keep("give, doubtful", tuan.post(give, {"role": "cashier"}))
        self.see(self.at_work("dang"), "/van-hanh/")
        self.keep("not her page", self.at_work("anh").get("/quan-ly/nhan-su/"))

    def _own(self) -> None:
        anh, two = self.at_work("anh"), "/tai-khoan/hai-buoc"
        self.see(anh, "/tai-khoan/", "/tai-khoan/phien/", "/tai-khoan/khoa-phan-mem/", f"{two}/")
        self.see(anh, "/tai-khoan/mat-khau/", "/dang-xuat/", f"{two}/ung-dung/bat/")
        self.see(anh, f"{two}/khoa/them/")
        self.keep("key, empty", anh.post("/tai-khoan/khoa-phan-mem/", {"x": "1"}))
        given = {"name": "Phần mềm", "days": "30"}
        self.keep("key", anh.post("/tai-khoan/khoa-phan-mem/", given))
        self.keep("app, wrong", anh.post(f"{two}/ung-dung/bat/", {"code": "000000"}))
        self.keep("app, empty", anh.post(f"{two}/ung-dung/bat/", {"code": ""}))
        change = "/tai-khoan/mat-khau/"
        for new in ("", "ngắn", "aaaaaaaaaaaaaaaaaa", "lê thị ngọc ánh ea phê 2026", PASSWORD):
            given = {"oldpassword": PASSWORD, "password1": new}
            self.keep(f"password {new}", anh.post(change, given))
        self.keep("password, old", anh.post(change, {"oldpassword": "x", "password1": "y" * 20}))
        later = self.signed_in(self.cast["anh"])
        later.cookies["vidan_lang"] = self.language
        self.see(later, "/tai-khoan/xac-nhan-lai/")
        self.keep("again, wrong", later.post("/tai-khoan/xac-nhan-lai/", {"password": "x"}))


def dossiers_at_every_step(
    brought_to: Callable[..., Dossier], intake: Callable[..., Any], phuc: User
) -> Iterator[tuple[Step, Dossier]]:
    """One dossier of H’Len's at each step, one unpaid; and one that the leader sent back."""
    for step in (Step.QUEUED, Step.SIGNING, Step.ISSUING, Step.READY, Step.RETURNED):
        yield step, brought_to(step, paid=step is not Step.QUEUED)
    back = brought_to(Step.SIGNING)
    yield (
        Step.CHECKING,
        actions.return_to_step(
            back.code, officer=phuc, seen=back.version, note="Thiếu trang 3.", at=back.step_since
        ),
    )
