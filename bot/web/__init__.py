"""The review desk in the browser. The only importer of aiohttp.web and jinja2.

Pages are rendered here and work without script; a little script of our own makes them quicker. Nothing is loaded from
elsewhere. What may be asked for is listed in `routes.py`, and there alone it is said who may ask for it.
"""

from bot.web.server import WebDesk, is_served
from bot.web.visit import Desk

__all__ = ["Desk", "WebDesk", "is_served"]
