# Det som terminalen säger till den som använder den.
demo-intro = En påhittad vecka i Almköpings kommun strömmar genom pipelinen …
demo-summary = { $read ->
    [one] { $read } meddelande läst
   *[other] { $read } meddelanden lästa
}, { $flagged ->
    [0] ingenting att titta på
    [one] ett att titta på
   *[other] { $flagged } att titta på
}. De andra lämnade inga spår utom antal.
demo-next = Så går du vidare
demo-next-flags = se kön, med texten
demo-next-decide = avgör en flagga, som människa
demo-next-sqlite = läs databasen med vilket verktyg som helst
replay-summary = { $read } lästa, { $flagged } flaggade ({ $new } nya), { $skipped } rader överhoppade.
replay-before = { $lines } rader var redan lästa; fortsätter efter dem.
flags-title = Att titta på
flags-none = Kön är tom.
column-number = Nr
column-where = När och var
column-why = Varför
column-sure = Hur säkert
column-text = Text
withdrawn = borttaget
forgotten = texten är gallrad
decided = Flagga { $flag } är nu { $state }.
decided-before = Flagga { $flag } var redan { $state }; ingenting ändrades.
retained = Text gallrad ur { $count } flaggor.
models-title = Modeller
column-model = Modell
column-origin = Ursprung
column-use = Används
origin-own = egen
origin-imported = importerad
origin-elsewhere = utifrån, inte importerad
origin-unknown = trasig
use-yes = i bruk
use-named = i bruk: konfigurationen nämner den
use-waits = vald, men konfigurationen nämner en annan
use-no = inte i bruk
short-functional_macro_f1 = F1 test
short-week_recall = täckning vecka
short-week_precision = precision vecka
short-forum_auc = AUC forum
short-false_alarms_per_1000 = larm per 1 000
column-figure = Mått
figure-functional_macro_f1 = funktionstest, makro-F1
figure-week_recall = påhittade veckan, täckning
figure-week_precision = påhittade veckan, precision
figure-forum_auc = verkliga forum, AUC
figure-false_alarms_per_1000 = falsklarm per 1 000 rader
model-folder = Mapp
model-labels = Etiketter
model-thresholds = Trösklar
model-files = SHA-256
model-from = Kommer från
from-own = tränad med `uppsikt train`
from-imported = { $folder } ({ $architecture }), importerad { $when }
from-elsewhere = lagd hit för hand; inte kalibrerad
model-imported = { $name } är importerad till { $folder }. Den används först när någon tar den i bruk: uppsikt model promote { $name } --by NAMN
model-unmeasured = { $name } är inte mätt än: uppsikt measure --model { $name }
model-promoted = { $name } används från botens nästa start; det beslutade { $by }.
model-promoted-before = { $name } är redan i bruk; ingenting ändrades.
model-rolled-back = Tillbaka till { $name } från botens nästa start; det beslutade { $by }.
model-overruled = Men konfigurationen nämner modellen { $model } under [uppsikt]: den gäller tills raden tas bort.
