# Returns an array of NumPy integers.
def same_padding(size, kernel, stride=1):
    outputs = int(np.ceil(size / stride))
    total = np.maximum((outputs - 1) * stride + kernel - size, 0)
    return np.array([np.floor(total / 2), np.ceil(total / 2)]).astype(int)
