package train

import (
	"bytes"
	"strings"
	"testing"

	"readout/eval"
)

// TestFactuality learns from twelve sentences that what is denied did not
// happen, twice the same.
func TestFactuality(t *testing.T) {
	var examples []eval.LabelledPredicate
	for i := range 12 {
		x := eval.LabelledPredicate{Sentence: i, Features: []string{"bias", "tense past so"}, Score: 3}
		if i%2 == 0 {
			x.Features[1], x.Score = "tense past not", -3
		}
		examples = append(examples, x)
	}
	examples[0].Features = append(examples[0].Features, "lemma rare")
	cfg := Config{Seed: 1, Epochs: 200}
	got, err := Factuality(examples, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := Factuality(examples, cfg); !bytes.Equal(got, again) {
		t.Error("the same examples and seed give other bytes")
	}
	for _, want := range []string{"\ntense past not\t-", "\ntense past so\t"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if strings.Contains(string(got), "\ntense past so\t-") || strings.Contains(string(got), "rare") {
		t.Errorf("what happened has a negative weight, or a rare feature was kept: %q", got)
	}
}
