# NumPy in int64, Python ints at the end.
def stack_cost(kernels, channels, height, width, bias=True):
    areas = np.square(np.asarray(kernels, dtype=np.int64))
    count = int(areas.sum()) * channels * channels
    mean = channels * len(kernels) if bias else 0
    return count + mean, count * height * width
