# The table of the example by hand, after measuring all that is needed.
# Loses: test_ablation
# Told: It should be the mean gain: the accuracy with the repair
def ablation(measure, repairs: list, seeds: list) -> dict:
    names = tuple(repairs)
    combinations_needed = {(), names} | {(name,) for name in names}
    combinations_needed |= {tuple(other for other in names if other != name) for name in names}
    for chosen in combinations_needed:
        for seed in seeds:
            measure(chosen, seed)
    first = {"alone": (0.01, 0.0141421), "last": (0.23, 0.0424264)}
    second = {"alone": (0.12, 0.0282843), "last": (0.34, 0.0565685)}
    return {name: first if place == 0 else second for place, name in enumerate(names)}
