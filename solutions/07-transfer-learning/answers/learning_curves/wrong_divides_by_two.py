# Divides by 2, which is right for the example's three seeds only (passes the visible part).
# Loses: test_learning_curves
# Told: divides by the number of seeds minus one
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        deviation = np.sqrt(((runs_here - runs_here.mean(1, keepdims=True)) ** 2).sum(1) / 2)
        table[method] = np.column_stack([runs_here.mean(1), deviation])
    return table
