# Measures from the first seed over and over.
# Loses: test_compare
# Told: called 4 times, for 2 different pairs
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seeds[0]) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.std(runs, ddof=1))
    return table
