# A repair that does harm counts as 0.
# Loses: test_ablation
# Told: It should be the mean gain: the accuracy with the repair
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def accuracy(chosen, seed):
        if (chosen, seed) not in known:
            known[chosen, seed] = measure(chosen, seed)
        return known[chosen, seed]

    def pair(gains):
        gains = np.maximum(gains, 0)
        return float(np.mean(gains)), float(np.std(gains, ddof=1))

    table = {}
    everything = tuple(repairs)
    for repair in repairs:
        others = tuple(other for other in repairs if other != repair)
        table[repair] = {
            "alone": pair([accuracy((repair,), seed) - accuracy((), seed) for seed in seeds]),
            "last": pair([accuracy(everything, seed) - accuracy(others, seed) for seed in seeds]),
        }
    return table
