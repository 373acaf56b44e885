package reading

import (
	"reflect"
	"testing"
)

func TestAttributions(t *testing.T) {
	const text = "An aide, who asked for no name, said “No.” “Never.” It is reportedly so."
	source := &Span{0, 30}
	said := &Cue{Span: Span{32, 36}}
	for _, c := range []struct {
		name string
		list []Statement
		want []Attribution
	}{
		{"none", nil, []Attribution{}},
		{"a source without the clause about it", []Statement{{Source: Source{Span: source}, Cue: said, Content: []Span{{37, 42}}}},
			[]Attribution{{[]Span{{0, 7}}, []Span{{32, 36}}, []Span{{37, 42}}, []int{0}}}},
		{"speech that goes on", []Statement{{Source: Source{Span: source}, Cue: said, Content: []Span{{37, 42}}}, {Source: Source{Span: source}, Content: []Span{{43, 51}}}},
			[]Attribution{{[]Span{{0, 7}}, []Span{{32, 36}}, []Span{{37, 42}, {43, 51}}, []int{0, 1}}}},
		{"speech of another", []Statement{{Source: Source{Span: source}, Cue: said, Content: []Span{{37, 42}}}, {Source: Source{Span: &Span{52, 54}}, Content: []Span{{43, 51}}}},
			[]Attribution{{[]Span{{0, 7}}, []Span{{32, 36}}, []Span{{37, 42}}, []int{0}}, {[]Span{{52, 54}}, nil, []Span{{43, 51}}, []int{1}}}},
		{"nobody's, within another, a silence", []Statement{
			{Source: Source{Span: &Span{58, 68}, Standing: "unattributed"}, Cue: &Cue{Span: Span{58, 68}}, Content: []Span{{52, 57}}},
			{Source: Source{Span: source}, Within: "s1", Content: []Span{{37, 42}}},
			{Source: Source{Span: source}, Form: "silence"}},
			[]Attribution{{nil, []Span{{58, 68}}, []Span{{52, 57}}, []int{0}}}},
	} {
		r := &Reading{Document: Document{Text: text}, Statements: c.list}
		if got := r.Attributions(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %v\nwant %v", c.name, got, c.want)
		}
	}
}
