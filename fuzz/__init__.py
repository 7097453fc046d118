"""Search for texts that break the library: `python -m fuzz`."""
