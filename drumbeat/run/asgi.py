"""The web server's application: streams of rooms before Django, everything else in it."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.run.settings")
# WhiteNoise hands out files as synchronous iterators; they are small and cached by the browser for good.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
pages = get_asgi_application()

from drumbeat.meetings.live.stream import PATH, Receive, Scope, Send, live  # noqa: E402
from drumbeat.run.pool import use_a_pool  # noqa: E402
from drumbeat.web.streams import identify  # noqa: E402

use_a_pool()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One request."""
    if scope["type"] == "http" and PATH.match(scope["path"]):
        await live(scope, receive, send, identify=identify)
    else:
        await pages(scope, receive, send)
