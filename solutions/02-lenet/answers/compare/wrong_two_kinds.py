# Knows the two kinds of the notebook and drops all others.
# Loses: test_compare
# Told: The keys of the table should be the pairs
def compare(measure, variants, seeds):
    table = {}
    for variant in (("sigmoid", "average"), ("relu", "max")):
        if variant in variants:
            x = [measure(*variant, seed) for seed in seeds]
            table[variant] = (np.mean(x), np.std(x, ddof=1))
    return table
