# Names the rows of the table by the activation alone.
# Loses: test_compare
# Told: but are 'sigmoid', 'relu'
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        runs = [measure(activation, pooling, seed) for seed in seeds]
        table[activation] = (np.mean(runs), np.std(runs, ddof=1))
    return table
