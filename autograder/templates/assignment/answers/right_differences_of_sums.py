# Differences of the running sum, so that no number is added twice.
def moving_average(values, width):
    sums = np.concatenate([[0], np.cumsum(values)])
    return (sums[width:] - sums[:-width]) / width
