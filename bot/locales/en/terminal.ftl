# What the terminal says to whoever uses it.
demo-intro = A made-up week in the municipality of Almköping streams through the pipeline …
demo-summary = { $read ->
    [one] { $read } message read
   *[other] { $read } messages read
}, { $flagged ->
    [0] nothing to look at
    [one] one to look at
   *[other] { $flagged } to look at
}. The others left no trace but counts.
demo-next = Look further
demo-next-flags = see the queue, with the text
demo-next-decide = decide a flag, as a human
demo-next-sqlite = read the database with any tool
replay-summary = { $read } read, { $flagged } flagged ({ $new } new), { $skipped } lines skipped.
replay-before = { $lines } lines had been read already; going on after them.
flags-title = To look at
flags-none = The queue is empty.
column-number = No.
column-where = When and where
column-why = Why
column-sure = How surely
column-text = Text
withdrawn = withdrawn
forgotten = the text was forgotten
decided = Flag { $flag } is now { $state }.
decided-before = Flag { $flag } was { $state } already; nothing changed.
retained = Text forgotten in { $count } flags.
models-title = Models
column-model = Model
column-origin = Origin
column-use = In use
origin-own = own
origin-imported = imported
origin-elsewhere = from elsewhere, not imported
origin-unknown = broken
use-yes = in force
use-named = in force: the configuration names it
use-waits = promoted, but the configuration names another
use-no = not in use
short-functional_macro_f1 = F1 test
short-week_recall = recall week
short-week_precision = precision week
short-forum_auc = AUC forum
short-false_alarms_per_1000 = alarms per 1,000
column-figure = Figure
figure-functional_macro_f1 = functional test, macro-F1
figure-week_recall = made-up week, recall
figure-week_precision = made-up week, precision
figure-forum_auc = real forum, AUC
figure-false_alarms_per_1000 = false alarms per 1,000 lines
model-folder = Folder
model-labels = Labels
model-thresholds = Thresholds
model-files = SHA-256
model-from = Comes from
from-own = trained with `uppsikt train`
from-imported = { $folder } ({ $architecture }), imported { $when }
from-elsewhere = put here by hand; not calibrated
model-imported = { $name } was imported to { $folder }. It is used only once somebody promotes it: uppsikt model promote { $name } --by NAME
model-unmeasured = { $name } was not measured yet: uppsikt measure --model { $name }
model-promoted = { $name } takes effect at the bot's next start; { $by } decided so.
model-promoted-before = { $name } is in force already; nothing changed.
model-rolled-back = Back to { $name } from the bot's next start; { $by } decided so.
model-overruled = But the configuration names the model { $model } under [uppsikt]: that one wins until the line is removed.
