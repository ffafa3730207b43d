"""First passwords: made by the machine, read aloud by people, dead after a few days."""

from __future__ import annotations

import secrets
from datetime import timedelta

# Without letters and digits that look alike on paper (0 o, 1 l i, 2 z, 5 s, 8 b).
ALPHABET = "acdefghjkmnpqrtuvwxy34679"
GROUPS, GROUP = 4, 5
# 20 characters of 25: 92 bits.
LASTS = timedelta(days=7)


def first_password() -> str:
    """A random password such as "kd7mp-x3wdt-9qhra-t4vnc"; its holder must change it."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
