# All runs in one array, mean and deviation along its rows.
def compare(measure, variants: list, seeds: list) -> dict:
    runs = np.array([[measure(a, p, s) for s in seeds] for a, p in variants])
    return {
        tuple(variant): [mean, deviation]
        for variant, mean, deviation in zip(variants, runs.mean(axis=1), runs.std(axis=1, ddof=1))
    }
