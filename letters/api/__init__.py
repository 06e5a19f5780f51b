"""The API, read-only: the same lists, under the same filters, as the pages (NL GOV API Design Rules)."""

#: The full version, in the header API-Version; the first number stands in the addresses. See the changelog on /gegevens/api/.
VERSION = "1.0.0"
ROOT = "/api/v1"
