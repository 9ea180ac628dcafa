# Uses METHODS, which is defined only further down, and was there in the student's session.
# Loses: test_learning_curves
# Told: 'METHODS', which the notebook does not define
def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in METHODS:
        runs_here = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table[method] = np.column_stack([runs_here.mean(1), runs_here.std(1, ddof=1)])
    return table
