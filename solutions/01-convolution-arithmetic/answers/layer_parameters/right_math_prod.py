# Math.prod over shapes, weights and biases apart.
import math


def layer_parameters(height, width, channels, filters, kernel=3):
    kernels_shape = (*pair(kernel), channels, filters)
    inputs, outputs = math.prod((height, width, channels)), math.prod((height, width, filters))
    return math.prod(kernels_shape) + filters, inputs * outputs + outputs
