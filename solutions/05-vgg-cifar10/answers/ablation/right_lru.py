# Functools.cache around measure, the statistics module.
import functools
import statistics

def ablation(measure, repairs: list, seeds: list) -> dict:
    asked = functools.cache(measure)
    every = tuple(repairs)

    def gain(more: tuple, fewer: tuple) -> tuple[float, float]:
        gains = [float(asked(more, seed)) - float(asked(fewer, seed)) for seed in seeds]
        return statistics.mean(gains), statistics.stdev(gains)

    return {name: {"alone": gain((name,), ()), "last": gain(every, every[:i] + every[i + 1 :])} for i, name in enumerate(every)}
