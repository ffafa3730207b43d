"""What the outbox runs for dossiers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vidan.dossiers.actions.tracking import forget_old_look_ups
from vidan.kernel import clock, outbox


@app.periodic(cron="17 * * * *")
@app.task(name="dossiers.forget_look_ups.tick", queueing_lock="dossiers.forget_look_ups")
def hourly(timestamp: int) -> None:
    """Once an hour, ask for the clean-up."""
    outbox.enqueue("dossiers.forget_look_ups")


@outbox.job("dossiers.forget_look_ups")
def forget_look_ups() -> None:
    """Failed public look-ups are kept for a day."""
    forget_old_look_ups(at=clock.now())
