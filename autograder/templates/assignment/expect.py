def expect_moving_average(
    moving_average: Callable, values: np.ndarray, width: int, expected: Sequence | np.ndarray,
    causes: Mapping = {}, rule: str = "",
) -> None:
    """Check one call of `moving_average`."""
    what = f"moving_average(np.array({values.tolist()}), {width})"  # so that it can be copied
    positions = len(expected)
    overlap = "the windows overlap: each starts one number after the previous one"
    shapes: dict[tuple[int, ...], str] = {
        (len(values),): "every window lies inside the signal; no numbers are added at its ends",
        (positions - 1,): "the last window is missing; a window of w has n - w + 1 positions",
        (len(values) // width,): overlap,
        (-(-len(values) // width),): overlap,
    }
    averages = checks.array(checks.call(moving_average, values, width), (positions,), what, shapes)
    checks.close(averages, expected, what, causes, rule=rule)
