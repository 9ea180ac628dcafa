# A tf.data pipeline, names in a set, a helper in an added cell that sets the switches, and a print.
# %%
def switch(model: tf.keras.Model, wanted: set) -> None:
    model.trainable = True
    for one in model.layers:
        one.trainable = bool(one.name in wanted)


# %%
def fine_tune(network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs, labels, epochs: int, learning_rate: float, seed: int = 1) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    switch(trunk, set(unfrozen))
    steps = tf.data.Dataset.from_tensor_slices((inputs, labels)).shuffle(len(inputs), seed=seed).batch(BATCH)
    network.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer=tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)))
    history = network.fit(steps, epochs=epochs, verbose=0)
    print("losses:", [round(value, 3) for value in history.history["loss"]])
    return network
