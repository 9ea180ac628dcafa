# Divides the numbers in the array it was given.
# Loses: test_moving_average
# Told: changed the array
def moving_average(values, width):
    values /= width
    return np.convolve(values, np.ones(width), mode="valid")
