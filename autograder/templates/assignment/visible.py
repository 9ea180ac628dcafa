signal = np.array([2.0, 4.0, 9.0, 1.0, 3.0, 7.0])
expect_moving_average(moving_average, signal, 2, [3, 6.5, 5, 2, 5], {
    "the sum of a window has to be divided by its width": [6, 13, 10, 4, 10],
    "the task asks for the mean of each window, not its largest number": [4, 9, 9, 3, 7],
    "the task asks for the mean of each window, not its smallest number": [2, 4, 1, 1, 3],
    "the first window starts at the first number, and no window wraps around": [
        4.5, 3, 6.5, 5, 2,
    ],
    "every window has the same width; it does not grow from the start of the signal": [
        3, 5, 4, 3.8, 13 / 3,
    ],
})
checks.passed("moving_average", moving_average)
