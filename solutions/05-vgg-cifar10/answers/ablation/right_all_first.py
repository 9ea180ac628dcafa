# Measures what is needed first, then computes; statistics from the standard library.
def _summary(values):
    import statistics

    return statistics.mean(values), statistics.stdev(values)


def ablation(measure, repairs: list, seeds: list) -> dict:
    wanted = {(), tuple(repairs)}
    for repair in repairs:
        wanted |= {(repair,), tuple(name for name in repairs if name != repair)}
    results = {chosen: [measure(chosen, seed) for seed in seeds] for chosen in wanted}
    table = {}
    for repair in repairs:
        rest = tuple(name for name in repairs if name != repair)
        alone = [with_it - without for with_it, without in zip(results[(repair,)], results[()])]
        last = [with_it - without for with_it, without in zip(results[tuple(repairs)], results[rest])]
        table[repair] = {"alone": _summary(alone), "last": _summary(last)}
    return table
