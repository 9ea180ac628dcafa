# Stops one window too early.
# Loses: test_moving_average
# Told: the last window is missing
def moving_average(values, width):
    return np.array([values[position:position + width].mean() for position in range(len(values) - width)])
