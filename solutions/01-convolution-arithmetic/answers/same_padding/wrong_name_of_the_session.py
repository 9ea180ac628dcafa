# Uses a number that exists only in the student's session.
# Loses: test_same_padding
# Told: only in your session
def same_padding(size, kernel, stride=1):
    total = max((n_out - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
