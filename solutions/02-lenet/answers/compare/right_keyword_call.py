# Calls measure by keyword, with the names that the text gives.
def compare(measure, variants, seeds):
    return {
        (a, p): (float(np.mean(x := [measure(activation=a, pooling=p, seed=s) for s in seeds])), float(np.std(x, ddof=1)))
        for a, p in variants
    }
