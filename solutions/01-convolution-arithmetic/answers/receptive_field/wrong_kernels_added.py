# Adds f instead of f - 1.
# Loses: test_receptive_field
# Told: adds f - 1
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += kernel * jump
        jump *= stride
    return field, jump
