# The statistics module of Python.
def compare(measure, variants: list, seeds: list) -> dict:
    import statistics

    table = {}
    for variant in variants:
        runs = [measure(*variant, seed) for seed in seeds]
        table[variant] = statistics.mean(runs), statistics.stdev(runs)
    return table
