# Uses a name that exists only in the student's session.
# Loses: test_moving_average
# Told: does not define
def moving_average(values, width):
    return np.convolve(values, weights, mode="valid")
