# Uses a helper that exists only in the student's session.
# Loses: test_output_shape
# Told: only in your session
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    return tuple(window_count(*numbers) for numbers in zip(*map(pair, (size, kernel, padding, stride, dilation))))
