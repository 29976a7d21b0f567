"""What every view says of itself: how far the facts had been read."""

from typing import Self

from pydantic import BaseModel


class Watermarked(BaseModel):
    """`watermark` says how far each owner has been read; it is the view's ETag."""

    watermark: str

    def marked(self, mark: str) -> Self:
        """The same view under another watermark."""
        return self.model_copy(update={"watermark": mark})
