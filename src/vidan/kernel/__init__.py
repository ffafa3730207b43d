"""Ledger, outbox, files, documents, crypto, clock: knows no area."""
