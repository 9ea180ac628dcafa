# right: derived from VGG
class MiniVGG(VGG):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__([(32, (3, 3)), (64, (3, 3))], dense=(128,), classes=classes, dropout=dropout)
        self.made_with = dict(classes=classes, dropout=dropout)

    def get_config(self) -> dict:
        return dict(self.made_with)
