# A tf.Variable is watched by itself; einsum; tf.math.divide_no_nan for the empty map.
def grad_cam(maps_network, classifier, image, class_index):
    features = tf.Variable(maps_network(image[np.newaxis, ...], training=False))
    with tf.GradientTape() as tape:
        logit = tf.gather(classifier(tf.convert_to_tensor(features), training=False)[0], class_index)
    share = tf.einsum("bhwk->k", tape.gradient(logit, features)) / (features.shape[1] * features.shape[2])
    heat = tf.nn.relu(tf.einsum("bhwk,k->hw", tf.convert_to_tensor(features), share))
    return tf.math.divide_no_nan(heat, tf.reduce_max(heat))
