# Counts the places one by one instead of using a formula, and returns a list.
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    result = []
    for axis in range(2):
        n = pair(size)[axis] + 2 * pair(padding)[axis]
        last = pair(dilation)[axis] * (pair(kernel)[axis] - 1)
        count = 0
        place = 0
        while place + last < n:
            count += 1
            place += pair(stride)[axis]
        if count == 0:
            raise ValueError("The kernel is larger than the padded input.")
        result.append(count)
    return result
