"""Jobs about jobs."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

STALLED_AFTER = 10
"""Seconds without a heartbeat after which a job's worker counts as dead."""


@app.periodic(cron="* * * * * */5")
@app.task(name="kernel.rescue", queueing_lock="kernel.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Take up again what a killed worker left ``doing``; nothing else in the queue does."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await manager.retry_job(stalled)
