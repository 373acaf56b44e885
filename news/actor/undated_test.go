package actor_test

import (
	"testing"

	"readout"
)

// TestUndatedPost wants, in an article without a date, the country of the post that
// the article names rather than that of the last one somebody held; without any
// named, the last.
func TestUndatedPost(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Prime Minister Tony Blair met the rebels in Belfast.":       "GBR",
		"Prime Minister Antonio Guterres met the rebels in Lisbon.":  "PRT",
		"Secretary-General Antonio Guterres met the rebels in Oslo.": "IGO",
	} {
		d, err := r.Read(t.Context(), readout.Article{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Actors[0].Country; got != want && !(want == "IGO" && got == "UNO") {
			t.Errorf("%s: %s is of %q, want %q", text, d.Actors[0].Name, got, want)
		}
	}
}
