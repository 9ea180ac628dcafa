# The median instead of the mean: the same for a width of 2.
# Loses: test_moving_average
# Told: not its median
def moving_average(values, width):
    return np.median(np.lib.stride_tricks.sliding_window_view(values, width), axis=-1)
