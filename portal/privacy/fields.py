"""Model fields whose values lie encrypted in the database (design decision 12)."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.privacy.errors import EncryptionError
from portal.privacy.sealing import seal, unseal

SEALED = "__sealed__"


class EncryptedField(models.Field[Any, Any]):
    """A value that only the application can read; it cannot be searched, sorted or indexed.

    For an exact match store `blind()` of the value beside it. A backup by `dumpdata` holds the
    sealed value, never the clear one. Renaming table or column needs a migration that seals anew.
    """

    def get_internal_type(self) -> str:
        return "BinaryField"

    def clear_to_bytes(self, value: Any) -> bytes:
        """The Python value as bytes before encryption."""
        raise NotImplementedError

    def bytes_to_clear(self, clear: bytes) -> Any:
        """The Python value again."""
        raise NotImplementedError

    @property
    def place(self) -> str:
        """Where the value lies: "table.column", authenticated with every value."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return connection.Database.Binary(self.sealed(value))

    def sealed(self, value: Any) -> bytes:
        """The value as it is stored. Raises `EncryptionError`, which stops the save."""
        try:
            clear = self.clear_to_bytes(value)
        except (TypeError, ValueError, AttributeError) as error:
            sentence = f"{self.place} could not be encrypted; nothing was saved"
            raise EncryptionError(sentence) from error
        return seal(clear, self.place)

    def from_db_value(self, value: Any, *_where: Any) -> Any:
        """Opened on reading. Raises `DecryptionError` when it was changed or moved."""
        return None if value is None else self.bytes_to_clear(unseal(bytes(value), self.place))

    def value_to_string(self, obj: models.Model) -> Any:
        """For `dumpdata`: sealed, so that no dump holds clear text."""
        value = self.value_from_object(obj)
        return None if value is None else {SEALED: b64encode(self.sealed(value)).decode()}

    def to_python(self, value: Any) -> Any:
        """What `loaddata` reads is opened again; anything else is a value already."""
        if isinstance(value, dict) and set(value) == {SEALED}:
            return self.bytes_to_clear(unseal(b64decode(value[SEALED]), self.place))
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing but `isnull`: equal values never have equal cipher texts."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted; filter by its blind index")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted; filter by its blind index")


class EncryptedTextField(EncryptedField):
    """A text, stored as UTF-8."""

    description = "Encrypted text"

    def clear_to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError
        return value.encode()

    def bytes_to_clear(self, clear: bytes) -> str:
        return clear.decode()

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField} | kwargs)


class EncryptedJSONField(EncryptedField):
    """Anything that JSON holds; dates and decimals become text."""

    description = "Encrypted JSON"
    empty_strings_allowed = False

    def clear_to_bytes(self, value: Any) -> bytes:
        text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)
        return text.encode()

    def bytes_to_clear(self, clear: bytes) -> Any:
        return json.loads(clear)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField} | kwargs)


class EncryptedBytesField(EncryptedField):
    """A small file, as it is."""

    description = "Encrypted bytes"

    def clear_to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError
        return value

    def bytes_to_clear(self, clear: bytes) -> bytes:
        return clear
