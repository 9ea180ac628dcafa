# Two rows, means and deviations, in place of two columns.
# Loses: test_learning_curves
# Told: rows and columns are swapped
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.array([runs_here.mean(1), runs_here.std(1, ddof=1)])
    return table
