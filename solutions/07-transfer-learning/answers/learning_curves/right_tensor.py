# Returns tensors; seeds in the outer loop.
def learning_curves(measure, methods, counts, seeds):
    runs_of = {}
    for seed in seeds:
        for count in counts:
            for method in methods:
                runs_of.setdefault((method, count), []).append(measure(method, count, seed))
    return {
        method: tf.constant([[np.mean(runs_of[method, count]), np.std(runs_of[method, count], ddof=1)] for count in counts], tf.float64)
        for method in methods
    }
