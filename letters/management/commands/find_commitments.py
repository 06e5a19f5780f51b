from django.core.management.base import BaseCommand
from django.db import transaction

from letters.ingest import find_commitments, one_at_a_time
from letters.models import Letter


class Command(BaseCommand):
    help = (
        "Zoekt in alle brieven die er al zijn naar vermeldingen van toezeggingen, en stelt voor op welke toezegging elk "
        "terugkomt. Wat mensen beslisten, blijft."
    )

    def handle(self, **options):
        changed = 0
        for pk in Letter.objects.order_by("date", "pk").values_list("pk", flat=True):
            with transaction.atomic():
                one_at_a_time()
                letter = Letter.objects.select_for_update().filter(pk=pk).first()
                changed += letter is not None and find_commitments(letter)
        self.stdout.write(f"in {changed} brieven veranderde iets")
