# The standard deviation first and then the mean.
# Loses: test_compare
# Told: the mean comes first
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (np.std(runs, ddof=1), np.mean(runs))
    return table
