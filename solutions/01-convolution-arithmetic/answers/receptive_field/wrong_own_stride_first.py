# Multiplies the stride before it adds the layer's steps.
# Loses: test_receptive_field
# Told: only for the layers after it
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        field += dilation * (kernel - 1) * jump
    return field, jump
