# Pools a batch of one with TensorFlow and returns a tensor.
def pool2d(feature_map, size=2, stride=2, kind="max"):
    pooling = tf.nn.max_pool2d if kind == "max" else tf.nn.avg_pool2d
    return pooling(tf.cast(feature_map[None], "float32"), pair(size), pair(stride), "VALID")[0]
