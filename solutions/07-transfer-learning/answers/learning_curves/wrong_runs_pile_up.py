# The list of runs is not emptied between counts.
# Loses: test_learning_curves
# Told: previous counts are averaged as well
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows, runs_ = [], []
        for count in counts:
            runs_ += [measure(method, count, seed) for seed in seeds]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows)
    return table
