# A stride larger than the kernel counts only as far as the kernel reads, so the gaps are not counted.
# Loses: test_receptive_field
# Told: expected (5, 2), got (3, 2)
def receptive_field(layers):
    field, stride, step = 1, 1, 1
    for f, s, d in layers:
        field += d * (f - 1) * step
        step *= min(s, d * (f - 1) + 1)
        stride *= s
    return field, stride
