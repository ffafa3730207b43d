"""Tables the kernel owns: files. (Events belong to the areas.)"""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class StoredFile(models.Model):
    """A file on disk, encrypted with a key of its own.

    Dropping ``wrapped_key`` makes the bytes unreadable for ever: that is how a file is erased,
    in every backup at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=1)
    digest = models.BinaryField(max_length=32)
    wrapped_key = models.BinaryField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.media_type})"
