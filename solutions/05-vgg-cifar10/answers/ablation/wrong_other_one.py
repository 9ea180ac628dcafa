# "last" leaves only the first other repair in place of all others; right for two repairs.
# Loses: test_ablation
# Told: all repairs but this one
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def accuracy(chosen, seed):
        if (chosen, seed) not in known:
            known[chosen, seed] = measure(chosen, seed)
        return known[chosen, seed]

    def pair(gains):
        return float(np.mean(gains)), float(np.std(gains, ddof=1))

    table = {}
    everything = tuple(repairs)
    for repair in repairs:
        others = next(((other,) for other in repairs if other != repair), ())
        table[repair] = {
            "alone": pair([accuracy((repair,), seed) - accuracy((), seed) for seed in seeds]),
            "last": pair([accuracy(everything, seed) - accuracy(others, seed) for seed in seeds]),
        }
    return table
