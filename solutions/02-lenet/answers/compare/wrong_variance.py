# Forgets the square root.
# Loses: test_compare
# Told: this is the variance
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.var(runs, ddof=1))
    return table
