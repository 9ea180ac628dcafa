# Adds two steps a layer, as if every kernel were 3.
# Loses: test_receptive_field
# Told: Likely cause: every kernel is taken to be 3
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += 2 * dilation * jump
        jump *= stride
    return field, jump
