"""Let people log in again who gave a wrong password too often, before their time is over."""

from axes.models import AccessAttempt
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils.translation import ngettext

from navo_site.login_throttle import counted_address


class Command(BaseCommand):
    help = "Laat wie te vaak een verkeerd wachtwoord gaf meteen weer aanmelden: bepaalde namen of adressen, of iedereen."

    def add_arguments(self, parser):
        parser.add_argument(
            "who", nargs="*", metavar="NAAM|ADRES", help="gebruikersnaam of IP-adres; zonder: iedereen"
        )

    def handle(self, *args, who, **options):
        attempts = AccessAttempt.objects.all()
        if who:
            addresses = {counted_address(one) for one in who} - {None}
            attempts = attempts.filter(Q(username__in=who) | Q(ip_address__in=addresses))
        number = attempts.values("username").distinct().count()
        attempts.delete()
        self.stdout.write(
            ngettext(
                "%(number)s naam met mislukte aanmeldingen kan weer aanmelden",
                "%(number)s namen met mislukte aanmeldingen kunnen weer aanmelden",
                number,
            )
            % {"number": number}
        )
