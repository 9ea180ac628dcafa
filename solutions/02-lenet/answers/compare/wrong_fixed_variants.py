# Always measures the two kinds of the notebook: passes the visible check.
# Loses: test_compare
# Told: from the variants and seeds that compare is given
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in [("sigmoid", "average"), ("relu", "max")]:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (np.mean(runs), np.std(runs, ddof=1))
    return table
