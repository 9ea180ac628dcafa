# The variance in place of the standard deviation.
# Loses: test_learning_curves
# Told: this is the variance
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.var(1, ddof=1)])
    return table
