# Loops over the kernel's places, not over the output: shifts of the whole image are added up.
def conv2d(image, kernels, stride=1, padding=0):
    ph, pw = pair(padding)
    sh, sw = pair(stride)
    height, width, channels = image.shape
    kh, kw, _, filters = kernels.shape
    framed = np.zeros((height + 2 * ph, width + 2 * pw, channels))
    framed[ph : ph + height, pw : pw + width] = image
    oh, ow = output_shape((height, width), (kh, kw), padding=padding, stride=stride)
    total = np.zeros((oh, ow, filters))
    for a in range(kh):
        for b in range(kw):
            total += framed[a : a + (oh - 1) * sh + 1 : sh, b : b + (ow - 1) * sw + 1 : sw] @ kernels[a, b]
    return total
