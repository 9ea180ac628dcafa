# Rows in the order of size.
# Loses: test_learning_curves
# Told: the rows are sorted
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows = []
        for count in sorted(counts):
            runs_ = [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows)
    return table
