# Seed by seed, with the formulas written out.
def ablation(measure, repairs: list, seeds: list) -> dict:
    memory = {}
    for seed in seeds:
        for chosen in [[], list(repairs)] + [[r] for r in repairs] + [[o for o in repairs if o != r] for r in repairs]:
            key = ("+".join(chosen), seed)
            if key not in memory:
                memory[key] = measure(tuple(chosen), seed)

    def describe(more, less):
        gains = [memory["+".join(more), seed] - memory["+".join(less), seed] for seed in seeds]
        middle = sum(gains) / len(gains)
        return middle, (sum((gain - middle) ** 2 for gain in gains) / (len(gains) - 1)) ** 0.5

    return {r: dict(alone=describe([r], []), last=describe(repairs, [o for o in repairs if o != r])) for r in repairs}
