# Reads sizes and channels from STAGES, with a helper in an added cell and NumPy integers.
def seen_by(layer: int, channels: int, groups: int) -> np.int64:
    whole = {1, 3}
    return np.int64(channels) if layer in whole else np.int64(channels) // groups
# %%
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> tuple:
    found, below = (), 3
    for name, size, _, _, kernels in STAGES:
        if name.startswith("convolution"):
            found += ([size, size, seen_by(int(name[-1]), below, groups), kernels],)
            below = kernels
    last = sides[-1] ** 2 * below
    return found + ([last, 4096], [4096, 4096], [4096, classes])
