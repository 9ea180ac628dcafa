# The largest number of each window.
# Loses: test_moving_average
# Told: not its largest number
def moving_average(values, width):
    return np.lib.stride_tricks.sliding_window_view(values, width).max(axis=-1)
