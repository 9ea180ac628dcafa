# Measures the first seed only.
# Loses: test_ablation
# Told: some are left out
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in list(seeds)[:1] * len(seeds)])
        return known[chosen]

    table = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        alone = get((repair,)) - get(())
        last = get(tuple(repairs)) - get(rest)
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
