# The gain has the wrong sign for the last repair.
# Loses: test_ablation
# Told: all repairs minus all but one
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
        last = get(rest) - get(tuple(repairs))
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
