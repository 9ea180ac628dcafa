# Takes the seeds 1, 2, 3, ... instead of those given (passes the visible part).
# Loses: test_learning_curves
# Told: the seeds [3, 1, 0, 15, 9]
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed + 1) for seed in range(len(seeds))] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1)])
    return table
