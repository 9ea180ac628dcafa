# The formula by hand, itertools.product, seeds in the outer loop.
from itertools import product

def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    if len(seeds) < 2:
        raise ValueError("two seeds or more")
    known = {(seed, method, count): measure(method, count, seed) for seed, method, count in product(seeds, methods, counts)}
    result = {method: np.zeros((len(counts), 2)) for method in methods}
    for method, (place, count) in product(methods, enumerate(counts)):
        total = sum(known[seed, method, count] for seed in seeds)
        centre = total / len(seeds)
        squares = sum((known[seed, method, count] - centre) ** 2 for seed in seeds)
        result[method][place] = centre, math.sqrt(squares / (len(seeds) - 1))
    return result
