"""Passwords for tests."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPasswordHasher(PBKDF2PasswordHasher):
    """Django's own hashing, once instead of a million times: the site that a browser test visits can check it."""

    iterations = 1
