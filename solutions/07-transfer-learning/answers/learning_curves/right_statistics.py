# The statistics module; a dict comprehension; helper `mean`.
import statistics

def mean(values):
    return statistics.fmean(values)

def learning_curves(measure, methods, counts, seeds):
    def row(method, count):
        accuracies = [float(measure(method, count, seed)) for seed in seeds]
        return [mean(accuracies), statistics.stdev(accuracies)]

    return {method: np.array([row(method, count) for count in counts]) for method in methods}
