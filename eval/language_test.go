package eval

import (
	"os"
	"path/filepath"
	"testing"

	"readout/conllu"
	"readout/doc"
)

// TestSyntaxByHand has the counts of the CoNLL 2018 measures made by hand: the
// system splits "can not" otherwise, joins the sentences, and has one tag, one
// head, one relation and one subtype wrong.
func TestSyntaxByHand(t *testing.T) {
	gold := conllu.MustDoc(`
# text = They cannot agree.
1 They they PRON PRP _ 4 nsubj _ _
2-3 cannot _ _ _ _ _ _ _ _
2 can can AUX MD _ 4 aux _ _
3 not not PART RB _ 4 advmod _ _
4 agree agree VERB VB _ 0 root _ SpaceAfter=No
5 . . PUNCT . _ 4 punct _ _

# text = Talks were held.
1 Talks talk NOUN NNS _ 3 nsubj:pass _ _
2 were be AUX VBD _ 3 aux:pass _ _
3 held hold VERB VBN _ 0 root _ SpaceAfter=No
4 . . PUNCT . _ 3 punct _ _
`)
	system := conllu.MustDoc(`
# text = They cannot agree. Talks were held.
1 They they PRON PRP _ 3 nsubj _ _
2 cannot can AUX MD _ 3 aux _ _
3 agree agree NOUN VB _ 0 root _ SpaceAfter=No
4 . . PUNCT . _ 3 punct _ _
5 Talks talk NOUN NNS _ 7 nsubj _ _
6 were be AUX VBD _ 7 aux:pass _ _
7 held held VERB VBN _ 3 parataxis _ SpaceAfter=No
8 . . PUNCT . _ 3 punct _ _
`)
	got := *CompareSyntax(gold, system)
	want := Syntax{
		Tokens:    Count{8, 8, 8}, // "cannot" is one token on either side
		Sentences: Count{0, 2, 1},
		Words:     Count{7, 9, 8},
		UPOS:      Count{6, 9, 8}, // not agree
		XPOS:      Count{7, 9, 8},
		Feats:     Count{7, 9, 8},
		Lemma:     Count{6, 9, 8}, // not held
		UAS:       Count{5, 9, 8}, // not held, not the last full stop
		LAS:       Count{5, 9, 8},
		LASFull:   Count{4, 9, 8}, // Talks is nsubj:pass
		CLAS:      Count{3, 5, 4}, // They agree Talks; of They not agree Talks held, and They agree Talks held
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestNamesByHand(t *testing.T) {
	r := func(b, e int32) doc.Range { return doc.Range{Begin: b, End: e} }
	gold := []Named{{r(10, 22), doc.NamePER}, {r(31, 33), doc.NameORG}, {r(37, 45), doc.NameLOC}}
	system := []Named{{r(0, 22), doc.NamePER}, {r(31, 33), doc.NameLOC}, {r(37, 45), doc.NameLOC}, {r(0, 9), doc.NamePER}, {r(37, 45), doc.NameLOC}}
	n := CompareNames(gold, system, []doc.Range{r(0, 9)})
	for _, c := range []struct {
		what      string
		got, want Count
	}{
		{"exact", n.Exact[0], Count{1, 3, 3}},
		{"exact LOC", n.Exact[doc.NameLOC], Count{1, 1, 2}},
		{"exact PER", n.Exact[doc.NamePER], Count{0, 1, 1}},
		{"overlap PER", n.Overlap[doc.NamePER], Count{1, 1, 1}},
		{"overlap", n.Overlap[0], Count{2, 3, 3}},
		{"untyped", n.Untyped, Count{2, 3, 3}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", c.what, c.got, c.want)
		}
	}
	one := CompareNames([]Named{{r(0, 10), doc.NameORG}}, []Named{{r(0, 4), doc.NameORG}, {r(5, 10), doc.NameORG}}, nil)
	if one.Overlap[0] != (Count{1, 1, 2}) {
		t.Errorf("a gold name is found once: %+v", one.Overlap[0])
	}
}

func TestReadNames(t *testing.T) {
	dir := t.TempDir()
	text := "# newdoc id = a\nKofi\tB-PER\nAnnan\tI-PER\nin\tO\nGeneva\tB-country\n\n#\tO\n1\tI-MISC\n\n# newdoc id = b\nU.N.\tB-organisation\n"
	if err := os.WriteFile(filepath.Join(dir, "x.conll"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadNames(dir, "x.conll")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || len(docs[0].Sentences) != 2 || docs[0].Len() != 6 || docs[1].Len() != 1 {
		t.Fatalf("%d documents, the first with %d sentences", len(docs), len(docs[0].Sentences))
	}
	var got []string
	for _, d := range docs {
		for _, n := range d.Names {
			got = append(got, d.Slice(n.Span)+"/"+n.Kind.String())
		}
	}
	want := []string{"Kofi Annan/PER", "Geneva/LOC", "1/OTH", "U.N./ORG"}
	if len(got) != len(want) {
		t.Fatalf("names %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("name %q, want %q", got[i], want[i])
		}
	}
}
