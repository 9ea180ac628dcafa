# Computes in float64 and rounds to float32 at the end.
def preprocess(images):
    mean_rgb = np.array([123.68, 116.779, 103.939])
    return np.flip(images - mean_rgb, axis=-1).astype(np.float32)
