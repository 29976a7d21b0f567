"""The local issuer: the embedded mode's own key, and the tokens it signs."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

ISSUER = "cadran-local"
AUDIENCE = "cadran"
_ALGORITHM = "ES256"
_DRAFT = ".draft"
_DRAFT_IS_LEFT_AFTER = 3600.0


class LocalIssuer:
    """A signing key kept in the data folder; `public` is the file that a service checks tokens against."""

    def __init__(self, folder: Path) -> None:
        self._private = folder / "issuer.json"
        self.public = folder / "jwks.json"

    def prepare(self) -> None:
        """Make the key on first use. Raises OSError where the folder cannot be written."""
        if not self._private.exists():
            key = ECKey.generate_key("P-256", auto_kid=True)
            _write_whole(self._private, json.dumps(key.as_dict(private=True)), mode=0o600)
        public = json.dumps(KeySet([self._key()]).as_dict(private=False))
        if not self.public.exists() or self.public.read_bytes() != public.encode():
            _write_whole(self.public, public, mode=0o644)

    def sweep(self) -> None:
        """Remove the drafts that crashes have left; a young one may belong to a `cadran token` at work."""
        for file in (self._private, self.public):
            for draft in file.parent.glob(f"{file.stem}.*{_DRAFT}"):
                with suppress(OSError):
                    if time.time() - draft.stat().st_mtime > _DRAFT_IS_LEFT_AFTER:
                        draft.unlink()

    def token(self, *, subject: str, roles: Sequence[str], entities: Sequence[str] = (), days: float = 30) -> str:
        """A token of the local instance, valid for `days`."""
        key = self._key()
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + int(days * 86400)}
        return jwt.encode(
            {"alg": _ALGORITHM, "kid": key.kid}, claims | {"roles": list(roles), "entities": list(entities)}, key
        )

    def _key(self) -> ECKey:
        """Raises ValueError where the file was damaged."""
        try:
            key = ECKey.import_key(json.loads(self._private.read_text("utf-8")))
        except (JoseError, KeyError, TypeError) as error:
            raise ValueError(f"not a key: {error}") from error
        if not key.is_private:
            raise ValueError("only the public part of a key")
        return key


def _write_whole(path: Path, text: str, *, mode: int) -> None:
    """All or nothing: a file that exists is a file that is complete."""
    draft = path.with_suffix(f".{os.getpid()}{_DRAFT}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
