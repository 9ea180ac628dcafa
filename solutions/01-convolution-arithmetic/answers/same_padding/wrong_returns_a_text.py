# Returns a sentence instead of two numbers.
# Loses: test_same_padding
# Told: of type str
def same_padding(size, kernel, stride=1):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return f"{total // 2} before, {total - total // 2} after"
