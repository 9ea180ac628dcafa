# Stretched from the smallest to the largest value instead of cut off at 0.
# Loses: test_grad_cam
# Told: stretched from its smallest to its largest
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    heat = (features[0] * weights_of[0]).numpy().sum(-1)
    return (heat - heat.min()) / (heat.max() - heat.min() + 1e-9)
