# Pads both sides by half of the kernel, whatever the stride.
# Loses: test_same_padding
# Told: both halves are rounded down
def same_padding(size, kernel, stride=1):
    return (kernel - 1) // 2, (kernel - 1) // 2
