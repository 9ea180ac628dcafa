"""What tests, benchmarks and tools share: a small course, what happens to notebooks, attacks."""
