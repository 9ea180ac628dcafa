# The return is inside of the loop: only the first method is measured.
# Loses: test_learning_curves
# Told: one key for each method
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1)])
        return table
