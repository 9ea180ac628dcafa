# Rounds the mean to three places (passes the visible part, whose numbers have two).
# Loses: test_learning_curves
# Told: the means are rounded to 3 decimals
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([np.round(runs_here.mean(1), 3), runs_here.std(1, ddof=1)])
    return table
