# Both layers are dense layers, one of a window and one of the whole image; helper function.
def _dense(inputs: int, outputs: int) -> int:
    weights = inputs * outputs
    return weights + outputs


def layer_parameters(height, width, channels, filters, kernel=3):
    if isinstance(kernel, int):
        kernel = (kernel, kernel)
    return _dense(kernel[0] * kernel[1] * channels, filters), _dense(height * width * channels, height * width * filters)
