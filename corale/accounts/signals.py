"""What the rooms above may want to know when it happens; each is sent in the transaction that made it so.

`user_joined(user, name, language)`: somebody can sign in from now on.
`user_introduced(user, name, language)`: they say what they are called, and in which language to speak to them.
`user_left(user, by)`: they can no longer sign in. `user_returned(user, by)`: they can again.
`demo_wanted(user, language)`: the first person asked for the demo company; whoever has one, brings it.
"""

from __future__ import annotations

from django.dispatch import Signal

user_joined = Signal()
user_introduced = Signal()
user_left = Signal()
user_returned = Signal()
demo_wanted = Signal()
