# functools.cache remembers what was measured.
def ablation(measure, repairs: list, seeds: list) -> dict:
    from functools import cache

    remembered = cache(measure)

    def gain(more, less):
        gains = np.array([remembered(more, seed) - remembered(less, seed) for seed in seeds])
        return [np.mean(gains), np.std(gains, ddof=1)]

    everything = tuple(repairs)
    return {
        name: {"alone": gain((name,), ()), "last": gain(everything, everything[:place] + everything[place + 1 :])}
        for place, name in enumerate(everything)
    }
