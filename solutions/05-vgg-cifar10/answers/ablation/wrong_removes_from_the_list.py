# Leaves a repair out of the caller's own list.
# Loses: test_ablation
# Told: work on a copy
def ablation(measure, repairs: list, seeds: list) -> dict:
    memory, names, table = {}, tuple(repairs), {}

    def get(chosen):
        for seed in seeds:
            if (chosen, seed) not in memory:
                memory[chosen, seed] = measure(chosen, seed)
        return np.array([memory[chosen, seed] for seed in seeds])

    for place, repair in enumerate(names):
        del repairs[place]
        gains = {"alone": get((repair,)) - get(()), "last": get(names) - get(tuple(repairs))}
        repairs.append(repair)
        repairs.sort(key=names.index)
        table[repair] = {key: (gain.mean(), gain.std(ddof=1)) for key, gain in gains.items()}
    repairs.clear()
    return table
