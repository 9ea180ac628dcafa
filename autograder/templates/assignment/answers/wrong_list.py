# Returns a list in place of an array.
# Loses: test_moving_average
# Told: should be an array
def moving_average(values, width):
    return [sum(values[place:place + width]) / width for place in range(len(values) - width + 1)]
