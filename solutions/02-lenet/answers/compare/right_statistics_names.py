# From statistics import mean, stdev (the name mean is used as a loop variable by the notebook's test cell).
from statistics import mean, stdev


def compare(measure, variants, seeds):
    result = {}
    for activation, pooling in variants:
        values = [measure(activation, pooling, seed) for seed in seeds]
        result[(activation, pooling)] = (mean(values), stdev(values))
    return result
