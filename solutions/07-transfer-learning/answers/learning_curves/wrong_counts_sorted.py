# Sorts the counts, so that the rows are in another order (passes the visible part).
# Loses: test_learning_curves
# Told: the rows are sorted
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        rows = []
        for count in sorted(counts):
            values = [measure(method, count, seed) for seed in seeds]
            rows.append([np.mean(values), np.std(values, ddof=1)])
        table[method] = np.array(rows)
    return table
