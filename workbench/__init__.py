"""Code that tests, benchmarks and tools share: a small course, changes to notebooks, and attacks."""
