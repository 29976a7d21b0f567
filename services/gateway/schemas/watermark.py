"""What every view says of itself: how far the facts had been read."""

from pydantic import BaseModel


class Watermarked(BaseModel):
    """`watermark` says how far each owner has been read; it is the view's ETag."""

    watermark: str
