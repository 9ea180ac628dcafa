# Rounded to four digits.
# Loses: test_learning_curves
# Told: the means are rounded to 4 decimals
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows = []
        for count in counts:
            runs_ = [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows).round(4)
    return table
