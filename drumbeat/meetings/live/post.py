"""Waking the readers of other processes by Redis, where ``REDIS_URL`` is set. Only a meeting's id travels.

Redis is never needed: without it, or while it is away, readers find the same changes in the event table a
quarter of a second later.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings

log = logging.getLogger("drumbeat.live")
CHANNEL = "drumbeat rooms"
PATIENCE = 0.3  # seconds that a save may wait for Redis
PAUSE = 10.0  # seconds without Redis after it failed
_not_before = 0.0


def publish(meeting_pk: int) -> None:
    """Tell the readers of other processes. Never raises, and after a failure does not try for a while."""
    global _not_before
    if not settings.REDIS_URL or time.monotonic() < _not_before:
        return
    try:
        _client(settings.REDIS_URL).publish(CHANNEL, str(meeting_pk))
    except Exception as fault:
        _not_before = time.monotonic() + PAUSE
        log.warning("Redis was not reached", extra={"reason": type(fault).__name__})


@cache
def _client(url: str) -> Any:
    import redis  # large, and most instances have none

    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


async def listen(heard: Callable[[int], None]) -> None:
    """Call ``heard`` with each meeting that another process tells of, until cancelled."""
    import redis.asyncio

    while True:
        try:
            async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as said:
                await said.subscribe(CHANNEL)
                async for each in said.listen():
                    if each["type"] == "message" and each["data"].isdigit():
                        heard(int(each["data"]))
        except (redis.asyncio.RedisError, OSError) as fault:
            log.warning("Redis was not reached", extra={"reason": type(fault).__name__})
        await asyncio.sleep(PAUSE)
