# ReLU and flattening as layers of other kinds, one batch at a time with train_on_batch, in an order of its own; helper in an added cell.
# %%
def build_head(shape: tuple, classes: int) -> tf.keras.Model:
    size = math.prod(shape)
    stack = tf.keras.Sequential(name="my_head")
    for layer in (
        tf.keras.Input(shape), tf.keras.layers.BatchNormalization(momentum=0.9), tf.keras.layers.Reshape((size,)), tf.keras.layers.Dropout(1 / 2),
        tf.keras.layers.Dense(128), tf.keras.layers.ReLU(), tf.keras.layers.Dropout(1 / 2), tf.keras.layers.Dense(int(classes)),
    ):
        stack.add(layer)
    return stack


# %%
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
    tf.random.set_seed(seed)
    draw = np.random.default_rng(seed)
    tf.keras.utils.set_random_seed(int(draw.integers(10**6)))
    head_here = build_head(features.shape[1:], classes)
    adam = tf.keras.optimizers.Adam(learning_rate=falling_rate(0.001, len(features), epochs))
    head_here.compile(optimizer=adam, loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    losses = []
    for _ in range(epochs):
        order = draw.permutation(len(features))
        for start in range(0, len(order), BATCH):
            here = order[start : start + BATCH]
            losses.append(float(head_here.train_on_batch(features[here], labels[here])))
    print(f"{len(losses)} steps, loss {losses[0]:.2f} to {losses[-1]:.2f}")
    return head_here
