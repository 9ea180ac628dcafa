# right: optimizer by deserialisation where the rate is a number, by its class otherwise; run by graph or eagerly as Keras likes
import keras


def compile_model(model, learning_rate):
    if isinstance(learning_rate, (int, float)):
        optimizer = keras.optimizers.get({"class_name": "Adam", "config": {"learning_rate": float(learning_rate)}})
    else:
        optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    model.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
