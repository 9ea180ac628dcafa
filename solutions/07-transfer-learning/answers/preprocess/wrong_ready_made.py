# Calls the ready-made function that the task leaves out.
def preprocess(images):
    return tf.keras.applications.vgg16.preprocess_input(images.astype("float32"))
