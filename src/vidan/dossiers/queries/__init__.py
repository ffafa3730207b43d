"""Reads shaped for a screen, a paper or the public."""

from __future__ import annotations
