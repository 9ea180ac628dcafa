# Keras.random.uniform for the throws, keras.ops; a closure that scales.
import keras


def dropout(values, rate: float, training: bool):
    def scaled(mean):
        return mean / (1 - rate)

    match training:
        case False:
            return keras.ops.convert_to_tensor(values)
        case _:
            layers = keras.ops.cast(keras.random.uniform(values.shape) >= rate, "float32")
            return scaled(values) * layers
