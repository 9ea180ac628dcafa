# NumPy's convolution with equal weights.
def moving_average(values, width):
    return np.convolve(values, np.ones(width) / width, mode="valid")
