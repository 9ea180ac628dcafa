# Takes the layers from the output to the input.
# Loses: test_receptive_field
# Told: list starts at the input
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in reversed(layers):
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field, jump
