package models

import (
	"os"
	"slices"
	"testing"

	"readout/weights"
)

// TestCards: every model can be read, and the card beside it is the one in it.
func TestCards(t *testing.T) {
	for _, m := range []struct {
		name string
		file func() (*weights.File, error)
	}{{"en-tag", Tag}, {"en-encode", Encode}, {"en-name", Name}, {"en-attribution", Attribution}} {
		f, err := m.file()
		if err != nil {
			t.Fatal(err)
		}
		if f == nil { // a build without it
			continue
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

// TestAttributionEncoder: the model of attributions reads the numbers of the
// encoder it was trained with and makes nothing of another's.
func TestAttributionEncoder(t *testing.T) {
	f, err := Attribution()
	if err != nil {
		t.Fatal(err)
	}
	if f == nil {
		t.Skip("this build has no model of attributions")
	}
	encoder, err := Encode()
	if err != nil {
		t.Fatal(err)
	}
	sum, err := encoder.Sum("net")
	if err != nil {
		t.Fatal(err)
	}
	if made, err := f.Uint8s("encoder"); err != nil || !slices.Equal(made, sum[:]) {
		t.Errorf("en-attribution was trained with another en-encode (%v): make it anew: readout train attribution --data DIR --out models", err)
	}
}
