# An array of all runs, mean and deviation along the seeds.
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    curves = {}
    for method in methods:
        results = np.array([[measure(method, count, seed) for seed in seeds] for count in counts], dtype="float64")
        curves[method] = np.stack([results.mean(axis=1), results.std(axis=1, ddof=1)], axis=1)
    return curves
