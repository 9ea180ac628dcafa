# A generator of pairs, summed by columns.
def stack_cost(kernels, channels, height, width, bias=True):
    def layer(f):
        fan_in = f * f * channels
        outputs = height * width * channels
        return (fan_in + int(bias)) * channels, outputs * fan_in

    costs = [layer(f) for f in kernels]
    return sum(p for p, _ in costs), sum(m for _, m in costs)
