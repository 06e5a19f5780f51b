"""Kill the site's processes at random moments while letters are imported, and compare what is kept with what was said.

`script/kill-test --times 100` starts a site on data of its own, with processes that import letters and say of each file
what became of it (`manage.py import_letters`). It kills some of their processes, by all the ways in which processes end,
measures how long anything of PostgreSQL remains, starts again, and compares: each letter that was said to be kept must
be there, whole and in place, with its originals; a letter of which nothing was said is whole or absent. At the end the
whole database is compared with one that was filled without disturbance.

Of what runs on this machine, only processes that this program started are ended.
"""
