# The absolute value in place of the maximum with 0.
# Loses: test_grad_cam
# Told: the absolute value is taken
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = np.abs((features[0] * weights_of[0]).numpy().sum(-1))
    return heat / max(heat.max(), 1e-9)
