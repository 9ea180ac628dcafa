# Only the first seed, with a deviation of zero.
# Loses: test_learning_curves
# Told: Some combinations are missing
def learning_curves(measure, methods, counts, seeds):
    return {method: np.array([(measure(method, count, seeds[0]), 0.0) for count in counts]) for method in methods}
