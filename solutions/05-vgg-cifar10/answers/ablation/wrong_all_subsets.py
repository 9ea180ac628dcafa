# All combinations are measured; for three repairs or more that is more than needed.
# Loses: test_ablation
# Told: that one of the gains needs
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def accuracy(chosen, seed):
        if (chosen, seed) not in known:
            known[chosen, seed] = measure(chosen, seed)
        return known[chosen, seed]

    def pair(gains):
        return float(np.mean(gains)), float(np.std(gains, ddof=1))

    from itertools import combinations as some
    for size in range(len(repairs) + 1):
        for chosen in some(repairs, size):
            for seed in seeds:
                accuracy(chosen, seed)
    table = {}
    everything = tuple(repairs)
    for repair in repairs:
        others = tuple(other for other in repairs if other != repair)
        table[repair] = {
            "alone": pair([accuracy((repair,), seed) - accuracy((), seed) for seed in seeds]),
            "last": pair([accuracy(everything, seed) - accuracy(others, seed) for seed in seeds]),
        }
    return table
