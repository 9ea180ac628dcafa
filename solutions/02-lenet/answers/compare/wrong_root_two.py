# The population's standard deviation times the root of 2, right for two runs only.
# Loses: test_compare
# Told: expected 0.371843, got 0.470349
def compare(measure, variants, seeds):
    table = {}
    for variant in variants:
        x = [measure(*variant, seed) for seed in seeds]
        table[variant] = (np.mean(x), np.std(x) * 2**0.5)
    return table
