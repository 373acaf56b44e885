package factuality

import (
	"slices"
	"testing"

	"readout/conllu"
)

func TestClause(t *testing.T) {
	for _, c := range []struct {
		name, text string
		verb       int32
		want       clause
	}{
		{"past", "1 They they PRON PRP _ 2 nsubj\n2 met meet VERB VBD _ 0 root", 1, clause{"past", false, "they", ""}},
		{"denied", "1 They they PRON PRP _ 4 nsubj\n2 did do AUX VBD _ 4 aux\n3 not not PART RB _ 4 advmod\n4 meet meet VERB VB _ 0 root", 3, clause{"past", true, "they", ""}},
		{"future", "1 Lima Lima PROPN NNP _ 3 nsubj\n2 will will AUX MD _ 3 aux\n3 pay pay VERB VB _ 0 root", 2, clause{"future", false, "name", ""}},
		{"would have", "1 He he PRON PRP _ 4 nsubj\n2 would would AUX MD _ 4 aux\n3 have have AUX VB _ 4 aux\n4 paid pay VERB VBN _ 0 root", 3, clause{"would+have", false, "he", ""}},
		{"perfect", "1 He he PRON PRP _ 3 nsubj\n2 has have AUX VBZ _ 3 aux\n3 paid pay VERB VBN _ 0 root", 2, clause{"perfect", false, "he", ""}},
		{"progress", "1 He he PRON PRP _ 3 nsubj\n2 is be AUX VBZ _ 3 aux\n3 paying pay VERB VBG _ 0 root", 2, clause{"progress", false, "he", ""}},
		{"nobody", "1 Nobody nobody PRON NN _ 2 nsubj\n2 paid pay VERB VBD _ 0 root", 1, clause{"past", true, "nobody", ""}},
		{"neither", "1 Neither neither DET DT _ 2 det\n2 side side NOUN NN _ 3 nsubj\n3 paid pay VERB VBD _ 0 root", 2, clause{"past", true, "noun", ""}},
		{"infinitive", "1 plans plan NOUN NNS _ 0 root\n2 to to PART TO _ 3 mark\n3 pay pay VERB VB _ 1 acl", 2, clause{"to", false, "", "to"}},
		{"conditional", "1 go go VERB VB _ 0 root\n2 if if SCONJ IN _ 4 mark\n3 they they PRON PRP _ 4 nsubj\n4 pay pay VERB VBP _ 1 advcl", 3, clause{"present", false, "they", "if"}},
		{"shared auxiliary", "1 He he PRON PRP _ 3 nsubj\n2 will will AUX MD _ 3 aux\n3 go go VERB VB _ 0 root\n4 and and CCONJ CC _ 5 cc\n5 pay pay VERB VB _ 3 conj", 4, clause{"future", false, "he", ""}},
	} {
		d := conllu.MustDoc(c.text)
		if got := clauseOf(d, c.verb); got != c.want {
			t.Errorf("%s: %q = %+v, want %+v", c.name, d.Text, got, c.want)
		}
	}
}

// TestAbove climbs from a complement to what governs it.
func TestAbove(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	d := conllu.MustDoc("1 He he PRON PRP _ 2 nsubj\n2 said say VERB VBD _ 0 root\n3 they they PRON PRP _ 4 nsubj\n4 failed fail VERB VBD _ 2 ccomp\n5 to to PART TO _ 6 mark\n6 pay pay VERB VB _ 4 xcomp")
	var got []string
	for _, u := range s.above(d, 5) {
		got = append(got, u.signature)
	}
	if want := []string{"-+", "say"}; !slices.Equal(got, want) {
		t.Errorf("above %q = %q, want %q", d.Form(5), got, want)
	}
}

// TestScoreStaysOnTheScale scores every token of a tree of no sense: a
// score is within -3 and 3 whatever the tree.
func TestScoreStaysOnTheScale(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	d := conllu.MustDoc("1 Not not PART RB _ 2 advmod\n2 if if SCONJ IN _ 3 mark\n3 not not PART RB _ 4 conj\n4 ? ? PUNCT . _ 0 root")
	for i := range int32(d.Len()) {
		if got := s.Score(d, i); got < -3 || got > 3 {
			t.Errorf("Score(%q, %d) = %g", d.Text, i, got)
		}
	}
}
