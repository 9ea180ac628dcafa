# Goes through NumPy, so no gradient flows.
def padding_shortcut(inputs, filters: int, stride: int):
    kept = np.asarray(inputs)[:, ::stride, ::stride]
    return tf.constant(np.pad(kept, [(0, 0), (0, 0), (0, 0), (0, filters - kept.shape[-1])]))
