# The module statistics.
import statistics


def compare(measure, variants, seeds):
    runs = {tuple(variant): [float(measure(*variant, seed)) for seed in seeds] for variant in variants}
    return {variant: (statistics.mean(values), statistics.stdev(values)) for variant, values in runs.items()}
