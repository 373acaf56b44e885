package name

import (
	"testing"

	"readout/doc"
)

// twoWords knows one person, by two words.
type twoWords struct{}

func (twoWords) Match(words []string, i int) (doc.NameKind, int) {
	if i+1 < len(words) && words[i] == "Sam" && words[i+1] == "in" {
		return doc.NamePER, 2
	}
	return 0, 0
}

func TestInsist(t *testing.T) {
	d := &doc.Document{Text: "Sam in said"}
	d.Tokens.Bytes = []doc.Range{{Begin: 0, End: 3}, {Begin: 4, End: 6}, {Begin: 7, End: 11}}
	w := &work{margins: make([]int32, 3)}
	for range 3 {
		w.window.labels = append(w.window.labels, Outside)
	}
	m := Marker{Known: Known{Gazetteer: twoWords{}}}
	marked := 0
	m.Mark(d, doc.Span{Begin: 0, End: 3}, func(int32, int) { marked++ })
	if marked != 2 {
		t.Errorf("%d marks, want one for each word of the name", marked)
	}
	w.window.tokens = make([]token, 3)
	w.window.lookUp(d, doc.Span{Begin: 0, End: 3}, twoWords{})
	w.insist()
	got := appendNames(nil, w.window.labels, w.margins, 0)
	if len(got) != 1 || got[0].Span != (doc.Span{Begin: 0, End: 2}) || got[0].Kind != doc.NamePER {
		t.Errorf("names %v, want one person of two words", got)
	}
}
