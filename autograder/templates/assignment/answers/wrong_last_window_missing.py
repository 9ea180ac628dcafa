# Stops one window too early.
# Loses: test_moving_average
# Told: the last window is missing
def moving_average(values, width):
    return np.array([values[place:place + width].mean() for place in range(len(values) - width)])
