"""Measurements of the running system; ``python3 go.py bench`` runs ``bench/run.py``."""
