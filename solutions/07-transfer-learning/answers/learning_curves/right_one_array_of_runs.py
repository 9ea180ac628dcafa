# One array of shape (methods, counts, seeds); np.ndindex.
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    every = np.empty((len(methods), len(counts), len(seeds)))
    for m, c, s in np.ndindex(every.shape):
        every[m, c, s] = measure(methods[m], counts[c], seeds[s])
    count = every.shape[-1]
    means = np.average(every, axis=-1)
    deviations = np.sqrt(np.var(every, axis=-1) * count / (count - 1))
    return dict(zip(methods, np.dstack((means, deviations))))
