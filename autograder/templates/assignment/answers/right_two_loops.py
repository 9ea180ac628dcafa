# Two loops and plain Python numbers, with a line that prints.
def moving_average(values, width):
    averages = []
    for position in range(len(values) - width + 1):
        total = 0.0
        for step in range(width):
            total += float(values[position + step])
        averages.append(total / width)
    print(len(averages), "windows")
    return np.array(averages)
