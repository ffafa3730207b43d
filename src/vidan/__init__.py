"""Vì Dân: the open system with which a Vietnamese local government serves its people."""

__version__ = "0.1.0"
