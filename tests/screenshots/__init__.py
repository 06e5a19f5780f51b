"""Pictures of every kind of page, of a site with the two sample letters and the fictitious ones of tests/screenshots/letters."""
