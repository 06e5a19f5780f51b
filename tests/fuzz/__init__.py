"""Read thousands of damaged letters, and look whether anything happens that must not happen: script/fuzz --mutants 5000."""
