"""What the rooms above may want to know when it happens.

`user_joined(user, name, language)`: somebody can sign in from now on; sent in the transaction that made them.
`user_left(user, by)`: they no longer can. `user_returned(user, by)`: they can again.
"""

from __future__ import annotations

from django.dispatch import Signal

user_joined = Signal()
user_left = Signal()
user_returned = Signal()
