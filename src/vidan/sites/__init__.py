"""Every screen, by the person it is for."""
