# A helper in a cell of its own pads; type hints, other names, Python ints, float32, and lines that print.
def with_rim(picture: np.ndarray, rows: int, columns: int) -> np.ndarray:
    rim_above = np.zeros((rows, picture.shape[1], picture.shape[2]), "float32")
    picture = np.concatenate([rim_above, picture, rim_above], axis=0)
    rim_left = np.zeros((picture.shape[0], columns, picture.shape[2]), "float32")
    return np.concatenate([rim_left, picture, rim_left], axis=1)

# %%
def conv2d(photo, bank, stride=1, padding=0) -> np.ndarray:
    padded = with_rim(photo, *pair(padding))
    rows, columns = output_shape(photo.shape[:2], bank.shape[:2], padding, stride)
    print("output", rows, columns)
    result = [
        [
            np.einsum("ijc,ijcf->f", padded[top : top + bank.shape[0], left : left + bank.shape[1]], bank)
            for left in range(0, columns * pair(stride)[1], pair(stride)[1])
        ]
        for top in range(0, rows * pair(stride)[0], pair(stride)[0])
    ]
    return np.array(result, dtype="float32")
