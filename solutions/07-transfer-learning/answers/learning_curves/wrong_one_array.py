# One array for all methods in place of a dict.
# Loses: test_learning_curves
# Told: should return a dict
def learning_curves(measure, methods, counts, seeds):
    runs_here = np.array([[[measure(method, count, seed) for seed in seeds] for count in counts] for method in methods])
    return np.stack([runs_here.mean(-1), runs_here.std(-1, ddof=1)], axis=-1)
