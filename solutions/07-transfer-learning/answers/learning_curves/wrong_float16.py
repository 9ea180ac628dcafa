# Stored in half precision.
# Loses: test_learning_curves
# Told: the mean over the seeds
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows = []
        for count in counts:
            runs_ = [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows, dtype="float16")
    return table
