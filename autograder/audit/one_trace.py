"""Make Keras's `fit` build the optimizer before the first step, so that TensorFlow traces the step only once.

A step in which variables are created is traced twice, and a trace takes longer than all steps of a tiny network.
The audit runs the text of this module as a cell before all others. Names that begin with an underscore stay when
the audit restores the variables.
"""


def _build_optimizers_first() -> None:
    import functools

    import keras

    fit = keras.Model.fit

    @functools.wraps(fit)
    def fit_with_a_built_optimizer(self: keras.Model, *positional: object, **named: object) -> object:
        optimizer = getattr(self, "optimizer", None)  # None if the model was never compiled
        if optimizer is not None and not optimizer.built and self.built:
            optimizer.build(self.trainable_variables)
        return fit(self, *positional, **named)

    keras.Model.fit = fit_with_a_built_optimizer
