"""The operator's addresses."""

from __future__ import annotations

from django.urls import path

from vidan.sites.ops import status

app_name = "ops"
urlpatterns = [path("", status.status, name="status")]
