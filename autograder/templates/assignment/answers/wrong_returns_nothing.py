# Prints the result instead of returning it.
# Loses: test_moving_average
# Told: missing `return`
def moving_average(values, width):
    print(np.convolve(values, np.ones(width) / width, mode="valid"))
