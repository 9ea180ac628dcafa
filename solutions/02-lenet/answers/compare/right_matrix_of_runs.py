# All runs in one array, mean and std along the seeds; seeds outside, variants inside.
def compare(measure, variants, seeds):
    runs = np.array([[measure(activation, pooling, seed) for activation, pooling in variants] for seed in seeds], dtype="float64")
    means, deviations = runs.mean(axis=0), runs.std(axis=0, ddof=1)
    return {tuple(variant): (float(m), float(d)) for variant, m, d in zip(variants, means, deviations, strict=True)}
