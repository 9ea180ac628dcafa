# One list for all variants, which is never emptied.
# Loses: test_compare
# Told: the accuracies of the other variant are included
def compare(measure, variants: list, seeds: list) -> dict:
    table, runs = {}, []
    for activation, pooling in variants:
        for seed in seeds:
            runs.append(measure(activation, pooling, seed))
        table[activation, pooling] = (np.mean(runs), np.std(runs, ddof=1))
    return table
