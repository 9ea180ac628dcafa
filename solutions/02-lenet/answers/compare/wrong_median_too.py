# The median, the same as the mean for two runs.
# Loses: test_compare
# Told: this is the median
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = (np.median(x), np.std(x, ddof=1))
    return table
