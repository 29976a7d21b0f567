"""What a person sees in a browser: pages rendered here, in French, readable without a script."""

from .routes import router

__all__ = ["router"]
