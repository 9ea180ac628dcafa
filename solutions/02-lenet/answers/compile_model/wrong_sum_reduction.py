# Adds the losses of the images up instead of taking the mean.
# Loses: test_compile_model
# Told: the task asks for their mean
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(tf.keras.optimizers.Adam(learning_rate=learning_rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='sum'), metrics=['accuracy'])
    return model
