# Trains once for the mean and again for the deviation: twice the time.
# Loses: test_compare
# Told: called 8 times, for 4 different pairs
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.std([measure(activation, pooling, seed) for seed in seeds], ddof=1))
    return table
