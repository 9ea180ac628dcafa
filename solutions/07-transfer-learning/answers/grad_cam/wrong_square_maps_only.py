# Takes for granted that maps are square (passes the visible part).
# Loses: test_grad_cam
# Told: cannot reshape
def grad_cam(maps_network, classifier, image, class_index):
    features = maps_network(image[None], training=False)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = classifier(features, training=False)[0, class_index]
    slopes = tape.gradient(score, features)
    weights_of = tf.reduce_mean(slopes, axis=(1, 2))
    side = int(np.sqrt(features.shape[1] * features.shape[2]))
    flat = features.numpy().reshape(-1, features.shape[-1]) @ weights_of[0].numpy()
    heat = np.maximum(flat, 0).reshape(side, side)
    return heat / max(heat.max(), 1e-9)
