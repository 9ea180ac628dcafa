# Lists of pairs in place of arrays.
# Loses: test_learning_curves
# Told: should be an array
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = [(row.mean(), row.std(ddof=1)) for row in runs_here]
    return table
