# TensorFlow's own pooling in float64 (the text of this task does not ask for NumPy).
def pool2d(feature_map, size=2, stride=2, kind="max"):
    pool = tf.nn.max_pool2d if kind == "max" else tf.nn.avg_pool2d
    with tf.device("CPU:0"):
        return pool(tf.constant(feature_map, "float64")[tf.newaxis], list(pair(size)), list(pair(stride)), "VALID")[0].numpy()
