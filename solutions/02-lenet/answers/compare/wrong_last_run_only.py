# Computes the deviation of the last run alone, which is not a number.
# Loses: test_compare
# Told: a single run
def compare(measure, variants: list, seeds: list) -> dict:
    import warnings

    table = {}
    for activation, pooling in variants:
        runs = []
        for seed in seeds:
            accuracy = measure(activation, pooling, seed)
            runs.append(accuracy)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table[activation, pooling] = (np.mean(runs), np.std(accuracy, ddof=1))
    return table
