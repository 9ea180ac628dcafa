# Recursion over the layers: the last one adds its steps to what the others see.
def receptive_field(layers):
    if not layers:
        return 1, 1
    field, stride = receptive_field(layers[:-1])
    k, s, d = layers[-1]
    return field + (k - 1) * d * stride, stride * s
