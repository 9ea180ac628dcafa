# Divides by the number of runs, the default of NumPy.
# Loses: test_compare
# Told: divided by the number of runs
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.std(runs))
    return table
