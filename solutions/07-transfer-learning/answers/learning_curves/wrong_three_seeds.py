# At most three seeds.
# Loses: test_learning_curves
# Told: Some combinations are missing
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    table = {}
    for method in methods:
        rows = []
        for count in counts:
            runs_ = [measure(method, count, seed) for seed in seeds[:3]]
            rows.append((np.mean(runs_), np.std(runs_, ddof=1)))
        table[method] = np.array(rows)
    return table
