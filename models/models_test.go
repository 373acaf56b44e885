package models

import (
	"os"
	"testing"

	"readout/weights"
)

// TestCards: every model can be read, and the card beside it is the one in it.
func TestCards(t *testing.T) {
	for _, m := range []struct {
		name string
		file func() (*weights.File, error)
	}{{"en-tag", Tag}, {"en-encode", Encode}, {"en-name", Name}} {
		f, err := m.file()
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != m.name {
			t.Errorf("%s.bin holds %q", m.name, f.Name)
		}
		card, err := os.ReadFile(m.name + ".CARD")
		if err != nil && f.Card != "" {
			t.Error(err)
		}
		if string(card) != f.Card {
			t.Errorf("%s.CARD is not the card in the model", m.name)
		}
	}
}
