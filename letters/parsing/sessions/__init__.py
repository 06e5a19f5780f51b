"""The sessions of a meeting, as headings and prose of a letter tell of them: ``finding.py`` puts together what the others see."""
