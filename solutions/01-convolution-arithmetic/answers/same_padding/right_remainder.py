# Takes the case distinction of TensorFlow's documentation: does the stride divide the size?
def same_padding(size, kernel, stride=1):
    if size % stride == 0:
        total = kernel - stride
    else:
        total = kernel - size % stride
    if total < 0:
        total = 0
    return [total // 2, (total + 1) // 2]
