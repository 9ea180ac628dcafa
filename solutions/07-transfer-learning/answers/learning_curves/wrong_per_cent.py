# Accuracies in per cent.
# Loses: test_learning_curves
# Told: in per cent
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        runs_here = 100 * runs_here
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1)])
    return table
