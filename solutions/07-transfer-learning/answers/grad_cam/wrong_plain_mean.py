# Uses no gradient at all: the mean of the channels.
# Loses: test_grad_cam
# Told: the gradient is not used
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    heat = np.maximum(features[0].numpy().mean(-1), 0)
    return heat / max(heat.max(), 1e-9)
