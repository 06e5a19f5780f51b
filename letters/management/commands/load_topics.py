from django.core.management.base import BaseCommand

from letters.topic_list import load_topics


class Command(BaseCommand):
    help = "Vul de lijst van onderwerpen aan uit letters/data/topics.toml. Wat de redactie wijzigde blijft staan."

    def handle(self, **options):
        added = load_topics()
        self.stdout.write(f"{added.topics} onderwerpen en {added.names} benamingen toegevoegd")
