# Means first, then deviations, reshaped: right for one count only.
# Loses: test_learning_curves
# Told: the mean over the seeds for its count
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows = []
        for count in counts:
            runs_ = [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows).T.reshape(-1, 2)
    return table
