"""Secrets in plain sight: in values and in files, told apart from references to where secrets are kept.

>>> from lambdaward.secrets import judge
>>> judge("DB_PASSWORD", "prod/orders/db").store
<Store.SECRETS_MANAGER: 'secrets-manager'>
>>> answer = judge("DATABASE_URL", "postgres://orders:" + "tulip-42-kettle" + "@db.internal/orders")
>>> answer.kind, answer.via, answer.value
('password', ('url password',), «redacted»)
"""

from lambdaward.secrets.answer import Answer, Clear, Leak, Reference, Store, Sureness
from lambdaward.secrets.door import judge
from lambdaward.secrets.names import Says, says

__all__ = ["Answer", "Clear", "Leak", "Reference", "Says", "Store", "Sureness", "judge", "says"]
