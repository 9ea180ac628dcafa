# Adds up the channels one by one in NumPy.
def grad_cam(maps_network, classifier, image, class_index):
    features = tf.constant(maps_network(tf.constant(image[None]), training=False))
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[:, class_index]
    slopes = tape.gradient(score, features).numpy()[0]
    features = features.numpy()[0]
    heat = np.zeros(features.shape[:2])
    for channel in range(features.shape[-1]):
        heat += slopes[..., channel].mean() * features[..., channel]
    heat[heat < 0] = 0
    return heat / (heat.max() or 1)
