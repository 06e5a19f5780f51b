"""Nothing but a greeting, in the gunicorn of the site with its workers and threads: what no page can be faster than."""

import sys

import django


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def main() -> None:
    django.setup()
    from letters.management.commands.serve import Master, Site

    class Hello(Site):
        def load(self):
            return application

    Master(Hello(sys.stdout)).run()


if __name__ == "__main__":
    main()
