# Collects the combinations first, measures each once, then arrays over the seeds.
def ablation(measure, repairs: list, seeds: list) -> dict:
    names = tuple(repairs)
    without = {name: tuple(n for n in names if n != name) for name in names}
    needed = {(), names} | {(name,) for name in names} | set(without.values())
    scores = {chosen: np.array([measure(chosen, seed) for seed in seeds], dtype=float) for chosen in needed}
    count = len(seeds)

    def summary(gain):
        mean = gain.sum() / count
        return float(mean), float(math.sqrt(((gain - mean) ** 2).sum() / (count - 1)))

    return {name: dict(alone=summary(scores[(name,)] - scores[()]), last=summary(scores[names] - scores[without[name]])) for name in names}
