# Returns a tensor; asked for is an array of NumPy's.
# Loses: test_prepare_images
# Told: should be a NumPy array, but is of type EagerTensor
def prepare_images(images):
    return tf.expand_dims(tf.cast(images, tf.float32) / 255.0, -1)
