# Rounds to two decimals and four: passes the visible check.
# Loses: test_compare
# Told: rounded
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation, pooling] = (round(np.mean(runs), 2), round(np.std(runs, ddof=1), 4))
    return table
