# Forgets to divide by the width.
# Loses: test_moving_average
# Told: divided by its width
def moving_average(values, width):
    return np.convolve(values, np.ones(width), mode="valid")
