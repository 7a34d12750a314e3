"""Days and hours of the clock, for tests in which none may end."""
import datetime
import time
from zoneinfo import ZoneInfo

MARGIN_S = 60
"""Longer than such a test takes."""


def day_in(zone):
    return datetime.datetime.now(ZoneInfo(zone)).date()


def is_midnight_near(zone):
    now = datetime.datetime.now(ZoneInfo(zone))
    margin = datetime.timedelta(seconds=5 * MARGIN_S)
    return (now - margin).date() != (now + margin).date()


def daytime():
    """A time zone in which the day goes on for a while: the shop's usual one, or one that is 13 hours away."""
    return "Pacific/Honolulu" if is_midnight_near("Asia/Riyadh") else "Asia/Riyadh"


def two_days():
    """Two time zones in which it is not the same day, and in neither of which it ends soon."""
    # The first and the last are 25 hours apart: it is never the same day in both.
    zones = [zone for zone in ("Pacific/Kiritimati", "Asia/Riyadh", "Pacific/Pago_Pago") if not is_midnight_near(zone)]
    return next((one, other) for one in zones for other in reversed(zones) if day_in(one) != day_in(other))


def await_whole_hour():
    """Waits for the next hour where this one ends before a test may have."""
    left = 3600 - time.time() % 3600
    if left < MARGIN_S:
        time.sleep(left + 0.1)
