# The standard error of the mean in place of the standard deviation.
# Loses: test_learning_curves
# Told: standard error of the mean
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1) / np.sqrt(len(seeds))])
    return table
