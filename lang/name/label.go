package name

import "readout/doc"

// Label is what the finder decides on for each token: outside any name, or a
// place in a name of some kind. Beginning, inside, last and unit tell the
// finder more than IOB2 would (Ratinov and Roth 2009,
// https://aclanthology.org/W09-1119).
type Label uint8

// Labels is the number of labels.
const Labels = 1 + 4*4

// The places in a name.
const (
	begin = iota
	inside
	last
	unit
)

// Outside is the label of a token that belongs to no name.
const Outside Label = 0

func label(kind doc.NameKind, place int) Label { return Label(1 + 4*(int(kind)-1) + place) }

// kind is the kind of name that l belongs to, unset for Outside.
func (l Label) kind() doc.NameKind {
	if l == Outside {
		return 0
	}
	return doc.NameKind((l-1)/4 + 1)
}

func (l Label) place() int { return int((l - 1) % 4) }

// open reports whether a name goes on after l.
func (l Label) open() bool { return l != Outside && l.place() <= inside }

// follows reports whether l may stand after before; a name that is open goes
// on with its own kind, and only such a name does. end says whether l is the
// last of its sentence.
func (l Label) follows(before Label, end bool) bool {
	if end && l.open() {
		return false
	}
	goesOn := l != Outside && (l.place() == inside || l.place() == last)
	if before.open() {
		return goesOn && l.kind() == before.kind()
	}
	return !goesOn
}

// Encode appends the labels of n tokens from token first on, given the names
// among them in order.
func Encode(dst []Label, names []doc.Name, first int32, n int) []Label {
	at := len(dst)
	for range n {
		dst = append(dst, Outside)
	}
	for _, m := range names {
		out := dst[at+int(m.Span.Begin-first):][:m.Span.Len()]
		for i := range out {
			place := inside
			switch {
			case len(out) == 1:
				place = unit
			case i == 0:
				place = begin
			case i == len(out)-1:
				place = last
			}
			out[i] = label(m.Kind, place)
		}
	}
	return dst
}
