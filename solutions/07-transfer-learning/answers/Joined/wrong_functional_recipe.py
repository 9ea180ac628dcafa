# The recipe of older versions of Keras: training=False while a functional network is put together.
# Loses: test_Joined
# Told: called with training=False
def Joined(trunk, start, end, head):
    part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
    features = tf.keras.Input(trunk.get_layer(start).output.shape[1:])
    return tf.keras.Model(features, head(part(features, training=False)))
