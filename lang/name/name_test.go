package name

import (
	"slices"
	"testing"

	"readout/conllu"
	"readout/doc"
)

func name(begin, end int32, k doc.NameKind) doc.Name {
	return doc.Name{Span: doc.Span{Begin: begin, End: end}, Kind: k}
}

func TestEncodeDecode(t *testing.T) {
	for _, names := range [][]doc.Name{
		nil,
		{name(10, 11, doc.NameLOC)},
		{name(10, 12, doc.NamePER), name(12, 13, doc.NamePER), name(14, 17, doc.NameORG)},
		{name(11, 17, doc.NameOTH)},
	} {
		labels := Encode(nil, names, 10, 7)
		before := Outside
		for i, l := range labels {
			if !l.follows(before, i == len(labels)-1) {
				t.Errorf("%v: label %d after %d at %d is not allowed", names, l, before, i)
			}
			before = l
		}
		got := appendNames(nil, labels, make([]int32, len(labels)), 10)
		for i := range got {
			got[i].Confidence = 0
		}
		if !slices.Equal(got, names) {
			t.Errorf("names %v came back as %v", names, got)
		}
	}
}

func TestBestIsAllowed(t *testing.T) {
	d := conllu.MustDoc("1 Kofi _ PROPN NNP _ 0 root\n2 Annan _ PROPN NNP _ 1 flat\n3 spoke _ VERB VBD _ 1 dep")
	var w Window
	w.Load(d, d.Sentences[0], Known{}, nil)
	scores := make([]int32, Labels)
	scores[label(doc.NamePER, begin)] = 9
	scores[label(doc.NameORG, inside)] = 8
	scores[label(doc.NamePER, last)] = 3
	for i, want := range []Label{label(doc.NamePER, begin), label(doc.NamePER, last), Outside} {
		got, margin := w.Best(i, scores)
		if i == 1 && (got != want || margin != 3) {
			t.Errorf("token %d: label %d by %d, want %d by 3", i, got, margin, want)
		}
		if i == 2 && got.open() {
			t.Errorf("a name is open at the end of the sentence")
		}
		w.Set(i, want)
	}
}

// TestMemory: what the first pass made of a word elsewhere is recalled, its own
// occurrence is not.
func TestMemory(t *testing.T) {
	d := conllu.MustDoc("1 Aliyev _ PROPN NNP _ 0 root\n2 met _ VERB VBD _ 1 dep\n3 Aliyev _ PROPN NNP _ 1 dep\n4 Baku _ PROPN NNP _ 1 dep")
	var m Memory
	m.Reset(d.Len())
	for i, l := range []Label{label(doc.NamePER, unit), Outside, Outside, label(doc.NameLOC, unit)} {
		m.Note(d, int32(i), l)
	}
	var w Window
	w.Load(d, d.Sentences[0], Known{}, &m)
	first, second := w.tokens[0].seen, w.tokens[2].seen
	if first == 0 || second == 0 || first == second {
		t.Errorf("Aliyev: %d and %d, want two different memories", first, second)
	}
	if w.tokens[3].seen != 0 || w.tokens[1].seen != 0 {
		t.Errorf("Baku and met stand once: %d, %d", w.tokens[3].seen, w.tokens[1].seen)
	}
}

func TestListsMarkTheLongest(t *testing.T) {
	d := conllu.MustDoc("1 in _ ADP IN _ 0 root\n2 NEW _ PROPN NNP _ 1 dep\n3 York _ PROPN NNP _ 1 dep\n4 City _ PROPN NNP _ 1 dep\n5 York _ PROPN NNP _ 1 dep")
	lists := NewLists([]uint64{ListKey([]string{"New", "York", "City"}), ListKey([]string{"York"})}, []uint16{1 << Cities, 1<<Cities | 1<<Surnames})
	var w Window
	w.Load(d, d.Sentences[0], Known{Lists: lists}, nil)
	var cities, surnames []uint8
	for _, t := range w.tokens {
		cities, surnames = append(cities, t.on[Cities]), append(surnames, t.on[Surnames])
	}
	if want := []uint8{0, 1, 2, 3, 4}; !slices.Equal(cities, want) {
		t.Errorf("cities %v, want %v", cities, want)
	}
	if want := []uint8{0, 0, 4, 0, 4}; !slices.Equal(surnames, want) {
		t.Errorf("surnames %v, want %v", surnames, want)
	}
}
