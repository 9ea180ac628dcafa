# Stores the mean alone.
# Loses: test_compare
# Told: should be a pair (mean, standard deviation)
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (np.mean(runs),)
    return table
