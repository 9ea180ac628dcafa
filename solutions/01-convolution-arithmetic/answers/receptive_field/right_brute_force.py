# Traces the first and the last pixel that output 0 reads, with no formula for the field.
def receptive_field(layers):
    first, last, neighbour = 0, 0, 1
    for kernel, stride, dilation in layers[::-1]:
        first = first * stride
        last = last * stride + dilation * (kernel - 1)
        neighbour = neighbour * stride
    return [last - first + 1, neighbour]
