"""The desk's addresses: one line per task; the module of the same name holds its code."""

from __future__ import annotations

from django.urls import path

from vidan.sites.desk import dossier, find, handover, inbox, intake, printing

app_name = "desk"
urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("xem-nhanh/<str:code>/", inbox.preview, name="preview"),
    path("tiep-nhan/", intake.show, name="intake"),
    path("ho-so/", find.dossiers, name="dossiers"),
    path("tim/", find.command, name="command"),
    path("tra-ket-qua/", find.returns, name="returns"),
    path("ho-so/<str:code>/", dossier.show, name="dossier"),
    path("ho-so/<str:code>/tra-lai/", dossier.give_back, name="give-back"),
    path("ho-so/<str:code>/trao/", handover.show, name="hand-over"),
    path("ho-so/<str:code>/thu-tien/", dossier.take_cash, name="take-cash"),
    path("ho-so/<str:code>/in/", printing.show, name="print"),
    path("ho-so/<str:code>/in/<str:kind>.pdf", printing.pdf, name="print-pdf"),
    path("ho-so/<str:code>/in/<str:kind>-<int:number>.png", printing.picture, name="print-page"),
    path("ho-so/<str:code>/tep/<uuid:file>/", dossier.scan, name="scan"),
    path("ho-so/<str:code>/<str:verb>/", dossier.move, name="move"),
]
