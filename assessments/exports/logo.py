import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    data: bytes

    @property
    def url(self) -> str:
        """Our own PNG, as the council's settings keep it."""
        return f"data:image/png;base64,{base64.b64encode(self.data).decode()}"

    @classmethod
    def from_base64(cls, text: str) -> "Logo":
        return cls(base64.b64decode(text))
