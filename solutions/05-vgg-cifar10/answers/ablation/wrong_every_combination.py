# Trains all combinations, also those that nobody asked for.
# Loses: test_ablation
# Told: Only the combinations that one of the gains needs
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for size in range(len(repairs) + 1):
        for chosen in combinations(repairs, size):
            get(chosen)
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        alone = get((repair,)) - get(())
        last = get(tuple(repairs)) - get(rest)
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
