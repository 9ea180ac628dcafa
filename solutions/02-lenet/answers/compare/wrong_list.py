# Returns a list of rows and not a dict.
# Loses: test_compare
# Told: should return a dict, but returns list
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[(activation, pooling)] = (np.mean(runs), np.std(runs, ddof=1))
    return list(table.items())
