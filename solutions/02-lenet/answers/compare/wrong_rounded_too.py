# Rounds to whole per mille.
# Loses: test_compare
# Told: expected 0.555747, got 0.556
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = (round(float(np.mean(x)), 3), round(float(np.std(x, ddof=1)), 3))
    return table
