# Only the first two seeds.
# Loses: test_ablation
# Told: some are left out
def ablation(measure, repairs: list, seeds: list) -> dict:
    known, seeds = {}, seeds[:2]

    def accuracy(chosen, seed):
        if (chosen, seed) not in known:
            known[chosen, seed] = measure(chosen, seed)
        return known[chosen, seed]

    def pair(gains):
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
