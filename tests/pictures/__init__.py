"""What do moderators see? Pictures of the real payloads: `python -m tests.pictures` makes them anew.

`scenes.py` walks through the loopback Discord and keeps what the bot sent; `markdown.py`, `components.py` and `page.py`
write it as Discord shows it; `browser.py` photographs that. A new picture is one more `keep` in `scenes.py`.
The panel's pages are photographed as they are (`panel_pages.py`), over a made-up town (`panel_town.py`).
"""
