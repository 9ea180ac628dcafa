"""Keras's `fit` with its optimizer built before the first step: TensorFlow then traces the step once.

A step in which variables are created is traced twice, and a trace takes longer than all steps of a tiny
network. The audit runs this text as a cell, in front of all others; what begins with an underscore stays
when it puts the variables back.
"""


def _build_optimizers_first() -> None:
    import functools

    import keras

    fit = keras.Model.fit

    @functools.wraps(fit)
    def fit_with_a_built_optimizer(self: keras.Model, *positional: object, **named: object) -> object:
        optimizer = getattr(self, "optimizer", None)  # None in a model that was never compiled
        if optimizer is not None and not optimizer.built and self.built:
            optimizer.build(self.trainable_variables)
        return fit(self, *positional, **named)

    keras.Model.fit = fit_with_a_built_optimizer
