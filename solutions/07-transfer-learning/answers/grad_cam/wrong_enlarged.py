# Enlarges the heat map to the size of the image (passes the visible part, where both are alike).
# Loses: test_grad_cam
# Told: the heat map is enlarged
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = np.maximum((features[0] * weights_of[0]).numpy().sum(-1), 0)
    heat = heat / max(heat.max(), 1e-9)
    return tf.image.resize(heat[..., None], image.shape[:2]).numpy()[..., 0]
