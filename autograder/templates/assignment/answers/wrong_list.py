# Returns a list instead of an array.
# Loses: test_moving_average
# Told: should be an array
def moving_average(values, width):
    return [sum(values[position:position + width]) / width for position in range(len(values) - width + 1)]
