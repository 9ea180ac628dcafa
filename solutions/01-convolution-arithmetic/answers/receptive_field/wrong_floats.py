# Computes the field as half-widths, in floats.
# Loses: test_receptive_field
# Told: `//` divides and rounds down
def receptive_field(layers):
    half, jump = 0.5, 1
    for kernel, stride, dilation in layers:
        half += dilation * (kernel - 1) / 2 * jump
        jump *= stride
    return 2 * half, jump
