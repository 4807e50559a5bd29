# A copy of cases for whoever asks for a public record. Swedish is the source.
disclose-channel = Channel
disclose-posted = Written
disclose-author = Written by (Discord id)
disclose-message = The message's number (Discord id)
disclose-reply = Answer to (Discord id)
disclose-text = Text
disclose-about-person = What a member has reported of another member
disclose-about-elsewhere = What a member has reported of something on the server
disclose-forgotten = (the text is forgotten)
disclose-machine = The machine's assessment
disclose-state = State
disclose-event = Event
disclose-motives = Motives
disclose-note = Note
disclose-report = Report { $number }
disclose-report-words = From report { $number }
disclose-appeal = The appeal
disclose-answer = The answer to the appeal
disclose-why-identity = looks like a personal identity number
disclose-why-mail = e-mail address
disclose-why-link = link
disclose-why-mention = mentions a member
disclose-why-network = IP address
disclose-why-phone = looks like a telephone number
disclose-why-member = Discord id
disclose-why-address = looks like an address
disclose-why-name = may be a name
disclose-why-restricted = its processing is restricted (GDPR article 18)
disclose-why-words = what a member wrote in a report; may tell who
disclose-keys = Return: as it stands · v: show all · d: mask the whole line · r: correct · q: save and stop
disclose-key = Choice
disclose-ground = Ground (number from the list, or a new one in words)
disclose-correct = The line, with what is to be masked in [[…|ground]]
disclose-unfit = Only what stands in brackets can be changed. Write [[what is masked|ground]].
disclose-drafted = The draft lies in { $file }: { $lines } lines, { $masks } proposals. Go through it, write who has reviewed it, and run: uppsikt disclose --draft { $file } --out COPY.pdf
disclose-secret = { $file } holds everything unmasked. Delete the file once the copy is made.
disclose-done = { $file } is written: { $masks ->
    [0] nothing is masked
    [one] one place is masked
   *[other] { $masks } places are masked
}. It is on record.
disclose-paused = Saved. { $left ->
    [one] One line is
   *[other] { $left } lines are
} left.
