"""Receiving, processing and returning a dossier."""
