# The deviation first and the mean second.
# Loses: test_learning_curves
# Told: the columns are swapped
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.std(1, ddof=1), runs_here.mean(1)])
    return table
