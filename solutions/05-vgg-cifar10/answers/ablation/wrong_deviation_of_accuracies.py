# Subtracts the deviations of two accuracies instead of pairing by seed.
# Loses: test_ablation
# Told: the difference for each seed first
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
        table[repair] = {"alone": (alone.mean(), abs(get((repair,)).std(ddof=1) - get(()).std(ddof=1))), "last": (last.mean(), last.std(ddof=1))}
    return table
