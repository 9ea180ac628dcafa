# Multiplies the kernels of the layers.
# Loses: test_receptive_field
# Told: the fields are multiplied
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field *= dilation * (kernel - 1) + 1
        jump *= stride
    return field, jump
