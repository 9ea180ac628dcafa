"""The pictures of the notebooks, one module a subject; `style` is shared by all of them."""
