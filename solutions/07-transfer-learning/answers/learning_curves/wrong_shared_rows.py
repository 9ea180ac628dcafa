# One array for all methods, filled anew: all names show the last method's numbers.
# Loses: test_learning_curves
# Told: the mean over the seeds
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table, shared = {}, np.zeros((len(counts), 2))
    for method in methods:
        rows = []
        for count in counts:
            runs_ = [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        shared[:] = rows
        table[method] = shared
    return table
