# Recursion over the layers without their last one; the empty list ends it.
def receptive_field(layers):
    if not layers:
        return 1, 1
    *before, (f, s, d) = layers
    field, stride = receptive_field(before)
    return field + (f - 1) * d * stride, stride * s
