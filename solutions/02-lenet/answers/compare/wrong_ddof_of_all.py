# Ddof is the number of runs minus one, so it divides by 1.
# Loses: test_compare
# Told: expected 0.371843, got 0.743687
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = (np.mean(x), np.std(x, ddof=len(x) - 1))
    return table
