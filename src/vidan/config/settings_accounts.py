"""Signing in: password, second factor, sessions, lock-out (OWASP ASVS 5.0 level 2)."""

from __future__ import annotations
