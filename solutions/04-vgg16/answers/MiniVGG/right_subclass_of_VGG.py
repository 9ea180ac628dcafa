# Inherits from VGG and only says which one it is.
class MiniVGG(VGG):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__([(32, (3, 3)), (64, (3, 3))], dense=(128,), classes=classes, dropout=dropout)
        self.arguments = {"classes": classes, "dropout": dropout}

    def get_config(self) -> dict:
        return dict(self.arguments)
