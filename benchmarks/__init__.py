"""How fast the engine is, measured on this machine: `make bench`."""
