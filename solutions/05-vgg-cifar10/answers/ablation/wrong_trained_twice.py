# Trains the same network again and again.
# Loses: test_ablation
# Told: should be repeated
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        alone = get((repair,)) - get(())
        last = get(tuple(repairs)) - get(rest)
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
