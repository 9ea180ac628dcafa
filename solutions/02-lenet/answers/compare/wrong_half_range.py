# Half the distance between best and worst, times √2: right for two runs only.
# Loses: test_compare
# Told: sample standard deviation of all accuracies
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for variant in variants:
        runs = [measure(*variant, seed) for seed in seeds]
        table[variant] = (np.mean(runs), (max(runs) - min(runs)) / math.sqrt(2))
    return table
