# Averages over the counts instead of the seeds.
# Loses: test_learning_curves
# Told: averaged over the counts
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(0), runs_here.std(0)])
    return table
