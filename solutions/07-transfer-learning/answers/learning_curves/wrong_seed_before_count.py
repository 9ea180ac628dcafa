# Calls measure with the seed before the count.
# Loses: test_learning_curves
# Told: is method, count, seed
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, seed, count) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1)])
    return table
