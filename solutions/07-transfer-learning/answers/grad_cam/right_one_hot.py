# The sum of logits times a one-hot vector, and the maps computed inside of the tape.
def grad_cam(maps_network, classifier, image, class_index):
    with tf.GradientTape() as tape:
        maps = maps_network(tf.expand_dims(image, 0), training=False)
        tape.watch(maps)
        logits = classifier(maps, training=False)
        chosen = tf.reduce_sum(logits * tf.one_hot([class_index], logits.shape[-1]))
    mean_gradient = tf.reduce_mean(tape.gradient(chosen, maps), axis=[0, 1, 2])
    heat = np.maximum(np.tensordot(maps[0].numpy(), mean_gradient.numpy(), axes=1), 0)
    highest = heat.max()
    return heat if highest == 0 else heat / highest
