# Takes d f for the reach of a dilated kernel.
# Loses: test_receptive_field
# Told: spans d (f - 1) + 1 numbers
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += (dilation * kernel - 1) * jump
        jump *= stride
    return field, jump
