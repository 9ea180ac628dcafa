# Plain loops and the statistics module.
import statistics


def learning_curves(measure, methods, counts, seeds):
    table = {}
    for method in methods:
        rows = []
        for count in counts:
            runs_here = [float(measure(method, count, seed)) for seed in seeds]
            rows.append((statistics.mean(runs_here), statistics.stdev(runs_here)))
        table[method] = np.array(rows)
    return table
