# The classes of Keras, a step a line.
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    optimiser = tf.keras.optimizers.Adam(learning_rate=learning_rate)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimiser, loss=loss, metrics=['accuracy'])
    return model
