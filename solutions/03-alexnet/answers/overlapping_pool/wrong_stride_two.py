# The window always moves by 2 ("stride: how far the window moves"); right for stride 2.
# Loses: test_overlapping_pool
# Told: always moves by 2 pixels
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    pooled = tf.nn.max_pool2d(maps, window, 2, "VALID").numpy()
    winners = np.zeros(maps.shape, bool)
    for i in range(pooled.shape[1]):
        for j in range(pooled.shape[2]):
            part = np.s_[:, 2 * i : 2 * i + window, 2 * j : 2 * j + window]
            winners[part] |= maps[part] == pooled[:, i : i + 1, j : j + 1]
    return pooled, winners
