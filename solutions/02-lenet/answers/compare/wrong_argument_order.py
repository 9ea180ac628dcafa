# Hands the seed over first.
# Loses: test_compare
# Told: activation, pooling and seed, in this order
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(seed, activation, pooling) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.std(runs, ddof=1))
    return table
