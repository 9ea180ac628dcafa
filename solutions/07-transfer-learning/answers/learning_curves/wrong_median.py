# The median in place of the mean.
# Loses: test_learning_curves
# Told: this is the median
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([np.median(runs_here, axis=1), runs_here.std(1, ddof=1)])
    return table
