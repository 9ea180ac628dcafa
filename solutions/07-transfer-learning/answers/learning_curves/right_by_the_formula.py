# The formula written out, with an array that is filled.
def learning_curves(measure, methods, counts, seeds):
    result = {method: np.zeros((len(counts), 2)) for method in methods}
    for row, count in enumerate(counts):
        for method in methods:
            values = np.array([measure(method, count, seed) for seed in seeds])
            mean = values.sum() / len(values)
            result[method][row] = mean, np.sqrt(((values - mean) ** 2).sum() / (len(values) - 1))
    return result
