package tag

import (
	"testing"

	"readout/conllu"
	"readout/lang/form"
)

func lower(s string) uint64 {
	f := form.Look(s)
	return f.Lower
}

func TestContext(t *testing.T) {
	for _, c := range []struct {
		sentence string
		token    int32
		want     uint64
	}{
		// the talks in Geneva failed: talks, not Geneva
		{"1 the _ DET DT _ 0 root _ _\n2 talks _ NOUN NNS _ 1 dep _ _\n3 in _ ADP IN _ 1 dep _ _\n4 Geneva _ PROPN NNP _ 1 dep _ _\n5 failed _ VERB VBD _ 1 dep _ _", 4, form.Hash("NNS")},
		{"1 the _ DET DT _ 0 root _ _\n2 envoys _ NOUN NNS _ 1 dep _ _\n3 of _ ADP IN _ 1 dep _ _\n4 the _ DET DT _ 1 dep _ _\n5 two _ NUM CD _ 1 dep _ _\n6 sides _ NOUN NNS _ 1 dep _ _\n7 met _ VERB VBD _ 1 dep _ _", 6, form.Hash("NNS")},
		{"1 We _ PRON PRP _ 0 root _ _\n2 met _ VERB VBD _ 1 dep _ _", 1, lower("we")},
		{"1 met _ VERB VBD _ 0 root _ _", 0, 0},
		// was not yet agreed, has agreed, terms agreed
		{"1 was _ AUX VBD _ 0 root _ _\n2 not _ PART RB _ 1 dep _ _\n3 yet _ ADV RB _ 1 dep _ _\n4 agreed _ VERB VBN _ 1 dep _ _", 3, lower("was")},
		{"1 has _ AUX VBZ _ 0 root _ _\n2 agreed _ VERB VBN _ 1 dep _ _", 1, lower("has")},
		{"1 Leave _ VERB VB _ 0 root _ _", 0, 1},
		// saw it, it
		{"1 saw _ VERB VBD _ 0 root _ _\n2 it _ PRON PRP _ 1 dep _ _", 1, 2 + 16},
		{"1 it _ PRON PRP _ 0 root _ _", 0, 1},
	} {
		d := conllu.MustDoc(c.sentence)
		if got := Context(d, 0, c.token); got != c.want {
			t.Errorf("Context(%q, %d) = %d, want %d", d.Text, c.token, got, c.want)
		}
	}
}
