# Alone and last are exchanged.
# Loses: test_ablation
# Told: "alone" and "last" are swapped
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        alone = get((repair,)) - get(())
        last = get(tuple(repairs)) - get(rest)
        table[repair] = {"last": (alone.mean(), alone.std(ddof=1)), "alone": (last.mean(), last.std(ddof=1))}
    return table
