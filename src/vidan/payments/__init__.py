"""Charges computed from the version, cash with numbered receipts."""
