# Ignores the dilation.
# Loses: test_receptive_field
# Told: dilation is ignored
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field, jump
