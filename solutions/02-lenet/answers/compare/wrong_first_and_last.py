# The mean of the first and the last run only.
# Loses: test_compare
# Told: expected 0.555747, got 0.530008
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = ((x[0] + x[-1]) / 2, np.std(x, ddof=1))
    return table
