# Measures once for the mean and once more for the deviation: twice the time.
# Loses: test_learning_curves
# Told: measure no run more than once
def learning_curves(measure, methods, counts, seeds):
    return {
        method: np.array([
            (np.mean([measure(method, count, seed) for seed in seeds]), np.std([measure(method, count, seed) for seed in seeds], ddof=1))
            for count in counts
        ])
        for method in methods
    }
