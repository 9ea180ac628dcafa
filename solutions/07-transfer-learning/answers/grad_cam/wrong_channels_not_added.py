# Forgets to add up the channels.
# Loses: test_grad_cam
# Told: channels are not added up
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = np.maximum((features[0] * weights_of[0]).numpy(), 0)
    return heat / max(heat.max(), 1e-9)
