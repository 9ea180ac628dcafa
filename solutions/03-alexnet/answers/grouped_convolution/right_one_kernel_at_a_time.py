# A convolution for each single kernel.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    outputs, seen = kernel.shape[-1], kernel.shape[2]
    maps = []
    for output in range(outputs):
        start = seen * (output * groups // outputs)
        maps.append(tf.nn.conv2d(images[..., start : start + seen], kernel[..., output : output + 1], stride, padding))
    return tf.concat(maps, -1)
