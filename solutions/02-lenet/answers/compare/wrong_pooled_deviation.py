# From three runs on, the one furthest from the median is left out as an outlier.
# Loses: test_compare
# Told: expected 0.555747, got 0.444684
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = sorted(measure(*variant, seed) for seed in seeds)
        if len(x) > 2:
            middle = np.median(x)
            x.remove(max(x, key=lambda value: abs(value - middle)))
        table[variant] = (np.mean(x), np.std(x, ddof=1))
    return table
