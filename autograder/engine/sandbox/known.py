"""Constants that the worker and the guard in a kernel share."""

COMPARISONS = (  # methods by which a class decides what it is equal to
    "__abs__", "__array__", "__array_function__", "__array_ufunc__", "__bool__", "__contains__", "__eq__", "__float__",
    "__ge__", "__gt__", "__index__", "__instancecheck__", "__int__", "__le__", "__lt__", "__ne__", "__round__",
    "__rsub__", "__rtruediv__", "__sub__", "__truediv__",
)
REDUCTIONS = ("all", "any", "item", "max", "mean", "min", "sum", "tolist")  # the same for classes of arrays
CHECKS = (  # pairs: if a test uses the name, the check must fail
    ("checks", "checks.same(0, 1, 'planted')"),
    ("checks", "checks.close(0.0, 1.0, 'planted')"),
    ("np", "assert np.allclose(0.0, 1.0)"),
    ("np", "assert np.array_equal([0], [1])"),
)
