# Gradient times feature map place by place, without averaging the gradient.
# Loses: test_grad_cam
# Told: not averaged over the positions
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    heat = np.maximum((features * slopes)[0].numpy().sum(-1), 0)
    return heat / max(heat.max(), 1e-9)
