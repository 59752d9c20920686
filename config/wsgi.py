"""The app as a WSGI server sees it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# A page of ten years makes some 100,000 short-lived objects. Looking through everything again at
# each 700 of them took a third of its time; what was loaded at start never becomes garbage.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
