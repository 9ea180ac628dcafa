# Spells the formula out for height and for width, with `//` and keyword pairs.
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    n_h, n_w = pair(size)
    f_h, f_w = pair(kernel)
    p_h, p_w = pair(padding)
    s_h, s_w = pair(stride)
    d_h, d_w = pair(dilation)
    reach_h = d_h * (f_h - 1) + 1
    reach_w = d_w * (f_w - 1) + 1
    if reach_h > n_h + 2 * p_h or reach_w > n_w + 2 * p_w:
        raise ValueError("The kernel is larger than the padded input.")
    return (n_h + 2 * p_h - reach_h) // s_h + 1, (n_w + 2 * p_w - reach_w) // s_w + 1
