# Combinations as bit patterns; seed by seed in the outer loop.
def ablation(measure, repairs: list, seeds: list) -> dict:
    n = len(repairs)
    full = 2**n - 1
    patterns = sorted({0, full, *(1 << i for i in range(n)), *(full ^ (1 << i) for i in range(n))})
    accuracy = {}
    for seed in seeds:
        for bits in patterns:
            chosen = tuple(repairs[i] for i in range(n) if bits >> i & 1)
            print("training", chosen, "seed", seed)
            accuracy[bits, seed] = measure(chosen, seed)
    out = {}
    for i in range(n):
        row = {}
        for key, more, fewer in (("alone", 1 << i, 0), ("last", full, full ^ (1 << i))):
            d = [accuracy[more, s] - accuracy[fewer, s] for s in seeds]
            m = sum(d) / len(d)
            row[key] = (m, (sum((x - m) ** 2 for x in d) / (len(d) - 1)) ** 0.5)
        out[repairs[i]] = row
    return out
