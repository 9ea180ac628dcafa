# TensorFlow's cast and expand_dims, back to NumPy.
def prepare_images(images):
    floats = tf.cast(images, tf.float32) / 255.0
    return tf.expand_dims(floats, -1).numpy()
