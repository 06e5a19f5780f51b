from django.db import models


class MachineRead(models.Model):
    """A row whose first values came from a reading, and that people may correct.

    ``read`` keeps what the machine last read for each field. A field that still equals it was not touched by a
    person; a later reading may replace only those (see ``letters.ingest.merge``). Rows that a person made have ``{}``.
    """

    read = models.JSONField(default=dict, editable=False, blank=True)

    class Meta:
        abstract = True

    @property
    def made_by_person(self) -> bool:
        return not self.read
