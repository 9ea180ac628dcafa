# Stores the mean alone.
# Loses: test_compare
# Told: one of the two is missing
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (np.mean(runs),)
    return table
