# The evidence package: its cover, and what a check says.
dossier-title = { $count ->
    [one] Evidence package, case { $cases }
   *[other] Evidence package, cases { $cases }
}
dossier-heading = Evidence package
dossier-about = Here are messages that were noticed in the municipality's Discord channels, word for word, and what people decided about them. The texts may be offensive. All times on this sheet are Swedish time.
dossier-making = About the package
dossier-column-what = What
dossier-column-is = Value
dossier-by = Made by
dossier-when = When
dossier-why = Why
dossier-cases = Cases
dossier-program = Program
dossier-key = The key's fingerprint
dossier-head = The record
dossier-head-is = up to entry { $seq }, which is signed
dossier-summary = The cases in brief
dossier-column-case = Case
dossier-column-posted = Written
dossier-column-channel = Channel
dossier-column-author = The author's Discord id
dossier-column-state = State
dossier-unknown = unknown
dossier-case = Case { $case }
dossier-revision = This is another wording of a message in the package, before or after an edit.
dossier-message = The message
dossier-kind = Kind
dossier-message-id = The message's id
dossier-author = The author's id
dossier-server = The server's id
dossier-channel-id = The channel's id
dossier-reply = Reply to message
dossier-at-posted-at = Written
dossier-at-edit = Got this wording
dossier-at-flagged-at = Flagged by the program
dossier-at-seen-at = First seen by a human
dossier-at-edited-at = Edited by its author afterwards
dossier-at-withdrawn-at = Removed from the channel
dossier-at-acted-at = Acted on
dossier-found = Flagged for
dossier-reason = { $rule ->
    [watchlist] watched word: { $label }
    [language] language that the model cannot read: { $label }
    [report] reported: { $label }
    [audit] read in a sample
   *[other] { $label }
}
dossier-reports = Reports
dossier-reported = { $count ->
    [one] one report, { $first }
   *[other] { $count } reports, the first { $first }
}
dossier-file = Attached file
dossier-file-is = { $name }, { $size } bytes, SHA-256: { $sha256 }
dossier-text = The text, as it was written
dossier-cut = The text is longer. All of it is in messages.json.
dossier-done = What was decided and done
dossier-column-when = When
dossier-column-done = What
dossier-column-by = By whom
dossier-column-words = In the words
dossier-undecided = No human has decided the case yet.
dossier-step-uphold = The flag was upheld
dossier-step-dismiss = The flag was dismissed
dossier-step-reopen = The case was reopened
dossier-told-statement = The author was told of the decision
dossier-told-granted = The author was told that the appeal was granted
dossier-told-rejected = The author was told that the appeal was rejected
dossier-told-withdrawn = The author was told that the decision was taken back
dossier-appeal = Appeal
dossier-the-author = the author
dossier-outcome-granted = The appeal was granted
dossier-outcome-rejected = The appeal was rejected
dossier-outcome-overtaken = The appeal lapsed, since the decision had changed
dossier-provisions = Provisions that a reader may want to look at
dossier-provisions-about = The hints follow from what the cases are about. They are no judgement: neither the program nor whoever made the package has taken a view on whether anything is a crime.
dossier-provisions-none = What the cases show gives no hints.
provision-brb-4-4b = BrB 4:4 b – unlawful persecution
provision-brb-4-5 = BrB 4:5 – unlawful threat
provision-brb-4-7 = BrB 4:7 – molestation
provision-brb-16-5 = BrB 16:5 – incitement to crime
provision-brb-16-8 = BrB 16:8 – agitation against a population group
provision-brb-17-1-3 = BrB 17:1–3 – threat to, attack on or insult of an official
provision-brb-18-5 = BrB 18:5 – offence against civil liberty
provision-brb-29-2-7 = BrB 29:2 p. 7 – hate motive
provision-brb-29-2-9 = BrB 29:2 p. 9 – against an elected representative
provision-brb-29-2-11 = BrB 29:2 p. 11 – against journalistic work
dossier-ground = Provisions on handing over the data
dossier-ground-is = Lag (2025:170) 4 § and 6 §: data that the police need, after weighing secrecy. Whoever hands over the package weighs it, not the program.
dossier-checking = How to check the package
dossier-checking-how = The package is signed. Anybody can check that nothing in it was changed, without access to the municipality's database.
dossier-checking-command = Run “uppsikt evidence verify” with the file's name. It says whether the package is whole, and otherwise what was changed.
dossier-checking-key = Compare the fingerprint { $fingerprint } with what the municipality says by another way, for instance by telephone. Only then is it certain who signed.
dossier-checking-what = Every decision and every message has an entry in the municipality's record, and every entry builds on the one before. The package holds that part of the record, without anybody else's data, up to an entry that the municipality has signed. So it can be shown that the data stand as they were recorded.
dossier-enclosed = The files
dossier-enclosed-messages = messages.json: the messages, with times in UTC.
dossier-enclosed-decisions = decisions.json: decisions, measures, what the author was told, and appeals.
dossier-enclosed-record = record.json and chain.jsonl: the record's entries, and what shows that the data are the same as there.
dossier-enclosed-manifest = manifest.json and manifest.sig: a list of the files with SHA-256, and the signature.
evidence-made = The package is written to { $file }. SHA-256: { $sha256 }
evidence-unlocked = It is not locked: whoever has the file can read it. Lock it to the recipient's key with --recipient.
evidence-key = Signed with the key { $fingerprint }. Tell the recipient the fingerprint by another way than with the package.
evidence-whole = The package is whole: { $count ->
    [one] case { $cases }
   *[other] cases { $cases }
}, made { $at } by { $by }.
evidence-compare = Signed with the key { $fingerprint }. Compare the fingerprint with what the municipality says by another way, for instance by telephone.
evidence-as-demanded = Signed with the key { $fingerprint }, which you named.
evidence-broken = The package is not as it was when it was made:
finding-no-package = The file is no evidence package, or it is torn.
finding-file-unknown = { $name } does not belong to the package: it was added.
finding-file-twice = { $name } is there more than once.
finding-file-missing = { $name } is missing.
finding-file-torn = { $name } cannot be read: it is changed or torn.
finding-file-changed = { $name } is changed: it does not hold what the manifest says.
finding-file-unreadable = { $name } has not the form that it should have.
finding-unsigned = The signature does not fit: manifest.json or manifest.sig is changed.
finding-another-key = The package is signed with another key than the one you named: { $fingerprint }.
finding-manifest-files = The manifest lists other files than a package's.
finding-another-head = The record is signed with another key than the package.
finding-case-missing = Case { $case } should be in the package, but is not.
finding-head-unsigned = The record's signature does not fit: record.json is changed.
finding-chain-order = chain.jsonl: entry { $seq } does not follow the one before. Something was removed, added or moved.
finding-chain-broken = chain.jsonl: entry { $seq } is changed, or the one before.
finding-chain-end = chain.jsonl: the last entry is not the signed one, { $seq }.
finding-row-unproven = Case { $case }: nothing proves the row { $kind } { $id }. It was added.
finding-row-removed = The row { $kind } { $id } is missing: it was removed.
finding-row-elsewhere = Case { $case }: the row { $kind } { $id } is not borne out by its newest entry in the record.
finding-row-columns = Case { $case }: the row { $kind } { $id } has other fields than it should.
finding-words-changed = Case { $case }: the words of the row { $kind } { $id } are not those that were recorded.
finding-facts-changed = Case { $case }: the facts of the row { $kind } { $id } are not those that were recorded.
finding-words-keyless = Case { $case }: the words of the row { $kind } { $id } hang on the signature alone, since their key in the record was forgotten.
finding-facts-keyless = Case { $case }: the facts of the row { $kind } { $id } hang on the signature alone, since their key in the record was forgotten.
finding-wrapping = The files are right, but something was added or changed around them.
