"""How does a dossier become a package? Its files, the manifest that lists them, the signature over that."""

from __future__ import annotations

from bot.core.dossier import Dossier, Making
from bot.dossier.contents import CHAIN, COVER_HTML, COVER_PDF, DECISIONS, MESSAGES, RECORD, chain, decisions, messages
from bot.dossier.contents import record as proofs
from bot.dossier.cover import cover
from bot.dossier.packing import MANIFEST, SIGNATURE, Signing, manifest, packed
from bot.paper.written import as_html, as_pdf


def package_of(dossier: Dossier, making: Making, signing: Signing) -> bytes:
    """The package; the same dossier, maker and key give the same bytes."""
    sheet = cover(dossier, making, signing.fingerprint)
    files = {
        COVER_HTML: as_html(sheet),
        COVER_PDF: as_pdf(sheet),
        MESSAGES: messages(dossier),
        DECISIONS: decisions(dossier),
        RECORD: proofs(dossier),
        CHAIN: chain(dossier.chain),
    }
    listed = manifest(files, dossier.asked, making, signing)
    return packed({**files, MANIFEST: listed, SIGNATURE: signing.sign(listed)}, making.at)
