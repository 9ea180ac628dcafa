# Numbers the seeds 1, 2, ... instead of taking those it is given.
# Loses: test_compare
# Told: from the variants and seeds that compare is given
def compare(measure, variants, seeds):
    table = {}
    for activation, pooling in variants:
        x = [measure(activation, pooling, seed) for seed in range(1, len(seeds) + 1)]
        table[activation, pooling] = (np.mean(x), np.std(x, ddof=1))
    return table
