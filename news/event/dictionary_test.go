package event_test

import (
	"fmt"
	"strings"
	"testing"

	"readout"
	"readout/codebook/petrarch"
	"readout/news/event"
)

const dictionaryVerbs = `&TOLL
+TOLL
+TRANSIT_CHARGE

--- LEVY [163] ---
LEVY
IMPOSE
- * {HEAVY TOLL} [---]
- * &TOLL (ON) [085]
- WILL * CURFEW [1312]

--- ENDURE [:190] ---
ENDURE

--- EMBRACE [050] ---
EMBRACE
- * (IN CHARTER) [057:057]

--- BACK [---] ---
BACK
VISIT
- * {TRADE FAIR} [0311]

--- HAIL [1431] ---
HAIL

--- SALUTE [010] ---
SALUTE
- $ * MEDAL (FROM +) [075]
- + WAS * (BY $) [072]
`

// The dictionary's codes go before the coder's own; who does what to whom, and
// whether it is done, is as for these.
func TestDictionary(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var d petrarch.Dictionary
	l, err := d.ReadVerbs("verbs", strings.NewReader(dictionaryVerbs))
	if err != nil || len(l.Passed) > 0 {
		t.Fatal(err, l.Passed)
	}
	coder := event.Coder{Dictionary: &d}
	for _, c := range []struct{ text, want string }{
		{"Kenya levied duties on Uganda on Monday.", "163 KEN UGA occurred"},
		{"Kenya levied a new transit charge on Uganda on Monday.", "085 KEN UGA occurred"},
		{"A transit charge was imposed on Uganda by Kenya on Monday.", "085 KEN UGA occurred"}, // by its sides, not its order
		{"Kenya imposed a heavy toll on Uganda on Monday.", ""},                                // no event
		{"Kenya endured a siege by Uganda on Monday.", "190 UGA KEN occurred"},                 // its subject is acted upon
		{"Kenya and Uganda embraced in a charter on Monday.", "057 KEN UGA KEN UGA occurred"},
		{"Kenya visited a trade fair in Uganda on Monday.", "0311 KEN UGA occurred"},
		{"Kenyan President William Ruto visited Uganda on Monday.", "042 KENGOV UGA occurred"}, // the coder's own, without a pattern
		{"Kenya hailed Uganda on Monday.", "143 KEN UGA occurred"},                             // cut to a code of CAMEO
		{"Kenya saluted Uganda on Monday.", ""},                                                // a statement
		{"Uganda was saluted by Kenya on Monday.", "072 KEN UGA occurred"},                     // in the text's order
	} {
		doc, err := r.Read(t.Context(), readout.Article{Text: c.text, Published: published})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range coder.Code(doc) {
			got = append(got, fmt.Sprintf("%s %s %s %s", e.CAMEO, strings.Join(e.Source, " "), strings.Join(e.Target, " "), e.Status))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n%q, want %q", c.text, s, c.want)
		}
	}
}
