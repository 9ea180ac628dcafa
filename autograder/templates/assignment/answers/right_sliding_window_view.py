# A view of all windows at once, and its mean along each.
def moving_average(values, width):
    return np.lib.stride_tricks.sliding_window_view(values, width).mean(axis=-1)
