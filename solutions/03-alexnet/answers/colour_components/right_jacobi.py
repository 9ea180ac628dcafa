# The eigenvectors by Jacobi rotations of one's own, no eigh.
def rotate(matrix, p, q):
    angle = 0.5 * np.arctan2(2 * matrix[p, q], matrix[q, q] - matrix[p, p])
    turn = np.eye(3)
    turn[p, p] = turn[q, q] = np.cos(angle)
    turn[p, q], turn[q, p] = np.sin(angle), -np.sin(angle)
    return turn


def colour_components(images: np.ndarray) -> tuple:
    matrix, vectors = np.cov(images.reshape(-1, 3).T.astype("float64"), ddof=0), np.eye(3)
    for _ in range(30):
        for p, q in ((0, 1), (0, 2), (1, 2)):
            turn = rotate(matrix, p, q)
            matrix, vectors = turn.T @ matrix @ turn, vectors @ turn
    order = np.argsort(-np.diag(matrix))
    return np.diag(matrix)[order].copy(), vectors[:, order]
