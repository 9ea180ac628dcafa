# Adds the accuracies up and does not divide.
# Loses: test_compare
# Told: is not divided by their number
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (sum(runs), np.std(runs, ddof=1))
    return table
