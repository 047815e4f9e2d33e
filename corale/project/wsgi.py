"""The pages: plain WSGI, run in a pool of threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corale.project.settings")
application = get_wsgi_application()
