# Loops over the channels; a helper `count`.
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.constant(np.asarray(maps_network(image[None].copy(), training=False)))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(maps)
        logits = classifier(maps, training=False)
        y = logits[0][class_index]
    gradient = np.array(tape.gradient(y, maps))[0]
    height, width, count = gradient.shape
    heat = np.zeros((height, width))
    for k in range(count):
        weight = float(gradient[:, :, k].sum()) / (height * width)
        heat += weight * maps.numpy()[0, :, :, k]
    heat[heat < 0] = 0
    if heat.any():
        heat /= heat.max()
    return heat.astype("float32")
