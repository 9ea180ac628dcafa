# Helpers of one's own called convolution and dense (the notebook's display cell after the test uses these names for numbers).
def convolution(kernel, channels, filters):
    height, width = pair(kernel)
    return filters * (height * width * channels) + filters


def dense(inputs, outputs):
    return inputs * outputs + outputs


def layer_parameters(height, width, channels, filters, kernel=3):
    return convolution(kernel, channels, filters), dense(height * width * channels, height * width * filters)
