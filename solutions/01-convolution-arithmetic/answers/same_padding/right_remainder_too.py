# TensorFlow's other formula, with the remainder of size by stride.
def same_padding(size, kernel, stride=1):
    rest = size % stride
    zeros = kernel - (rest if rest else stride)
    if zeros < 0:
        zeros = 0
    half, odd = divmod(zeros, 2)
    return (half, half + odd)
