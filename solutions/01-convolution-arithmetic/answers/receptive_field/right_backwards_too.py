# Backwards from one output: how many cells of the layer before does it reach over?.
def receptive_field(layers):
    field, stride = 1, 1
    for f, s, d in reversed(layers):
        field = (field - 1) * s + d * (f - 1) + 1
        stride = stride * s
    return (field, stride)
