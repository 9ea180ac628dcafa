# The distance from the best run to the worst in place of the standard deviation.
# Loses: test_learning_curves
# Told: from the best run to the worst
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), np.ptp(runs_here, axis=1)])
    return table
