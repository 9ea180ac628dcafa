# Divides in float64 and casts at the end; np.expand_dims.
def prepare_images(images):
    scaled = np.expand_dims(images, axis=-1) / 255.0
    return scaled.astype(np.float32)
