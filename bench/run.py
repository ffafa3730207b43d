"""``python3 go.py bench``: the first path beside the raw floor, measured in the same run.

Prints a table; ratios are what to compare, absolutes belong to the machine.
"""

from __future__ import annotations

import argparse
import json
from uuid import uuid4

from bench import floor, load, office
from bench.load import Measured


def main() -> int:
    parser = argparse.ArgumentParser(prog="go.py bench")
    parser.add_argument("--dossiers", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    chosen = parser.parse_args()
    with office.machine(), office.open_office() as place:
        for size in chosen.dossiers:
            print(f"\n{size:,} dossiers", flush=True)
            office.grow(size)
            print(f"{'':34}{'clients':>8}{'per s':>9}{'p50 ms':>9}{'p95 ms':>9}{'errors':>8}")
            for clients in chosen.clients:
                _measure(place, clients, chosen.seconds)
    return 0


def _measure(place: office.Office, clients: int, seconds: float) -> None:
    raw = load.run(clients, seconds, floor.receipt_step)
    _say("floor: the receipt's rows", clients, raw)
    through = load.run(clients, seconds, _register(place))
    _say("register through the API", clients, through, floor=raw)
    pages = {
        "inbox page": "/can-bo/",
        "dossier page": f"/can-bo/ho-so/{place.code}/",
        "search by name": "/can-bo/ho-so/?q=nguyen+van+do",
    }
    for name, path in pages.items():
        step = load.http_step(place.base_url, "GET", path, headers={"Cookie": place.cookie})
        _say(name, clients, load.run(clients, seconds, step))
    track = f"/theo-doi/?ma={place.code}&khoa={place.secret}"
    step = load.http_step(place.base_url, "GET", track, headers={})
    _say("tracking page", clients, load.run(clients, seconds, step))


def _register(place: office.Office) -> object:
    def body() -> bytes:
        return json.dumps(
            {
                "key": str(uuid4()),
                "unit": office.UNIT,
                "procedure": "2.000815",
                "applicant": {"id": place.person},
                "papers": [
                    {"label": "Bằng", "pages": 1, "copies": 3},
                    {"label": "Học bạ", "pages": 12, "copies": 2},
                ],
            }
        ).encode()

    headers = {"Authorization": f"Bearer {place.token}", "Content-Type": "application/json"}
    return load.http_step(
        place.base_url, "POST", "/api/v1/dossiers", headers=headers, body=body, expect=201
    )


def _say(name: str, clients: int, seen: Measured, *, floor: Measured | None = None) -> None:
    share = f"  {seen.rate / floor.rate:.0%} of the floor" if floor else ""
    print(
        f"{name:34}{clients:>8}{seen.rate:>9.1f}{seen.p50:>9.1f}{seen.p95:>9.1f}{seen.errors:>8}{share}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
