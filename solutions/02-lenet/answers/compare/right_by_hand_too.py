# The formula by hand, pairs as in the text; argument check.
def compare(measure, variants, seeds):
    n = len(seeds)
    if n < 2:
        raise ValueError("two seeds or more")
    results = {}
    for variant in variants:
        activation, pooling = variant
        numbers = []
        for seed in seeds:
            numbers.append(measure(activation, pooling, seed))
        middle = sum(numbers) / n
        squares = sum((number - middle) ** 2 for number in numbers)
        results[variant] = (middle, math.sqrt(squares / (n - 1)))
    return results
