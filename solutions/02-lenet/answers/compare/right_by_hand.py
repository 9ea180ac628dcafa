# The formula written out, with keywords in the call.
def compare(measure, variants: list, seeds: list) -> dict:
    table = {}
    for activation, pooling in variants:
        total, runs = 0.0, []
        for seed in seeds:
            runs.append(float(measure(activation=activation, pooling=pooling, seed=seed)))
            total += runs[-1]
        mean = total / len(runs)
        squares = sum((run - mean) ** 2 for run in runs)
        table[(activation, pooling)] = (mean, math.sqrt(squares / (len(runs) - 1)))
    return table
