"""Reference data, each file with its source, version and licence."""
