package name

import (
	"readout/lang/form"
	"readout/linear"
	"readout/weights"
)

// List is one of the lists of known names that a model brings with it.
type List uint8

// The lists. What is on them is only a hint: "Nice", "Georgia" and "Jordan"
// are on some.
const (
	Cities List = iota
	Places
	Given
	Surnames
	People
	Groups
	listCount
)

// Lists are the lists of a model in one table: the hash of a phrase and the
// set of lists that it stands on. They are immutable and safe for many
// goroutines.
type Lists struct{ table *linear.Dict }

// NewLists makes lists of phrases: the keys of ListKey, and for each the set
// of lists, 1<<List, that it stands on.
func NewLists(keys []uint64, sets []uint16) *Lists { return &Lists{linear.NewDict(keys, sets)} }

// LoadLists are the lists of a model file.
func LoadLists(f *weights.File) (*Lists, error) {
	table, err := linear.LoadDict(f, "lists", 1<<listCount)
	if err != nil {
		return nil, err
	}
	return &Lists{table}, nil
}

// Save adds the lists to a model file.
func (l *Lists) Save(b *weights.Builder) { l.table.Save(b, "lists") }

// longestListed is the length in tokens of the longest phrase that is looked
// up.
const longestListed = 5

// ListKey is the key of a phrase in the table of lists; capitals do not count.
func ListKey(phrase []string) uint64 {
	k := uint64(0)
	for _, s := range phrase {
		f := form.Look(s)
		k = longer(k, &f)
	}
	return k
}

func longer(k uint64, f *form.Form) uint64 { return linear.Hash(300, k, f.Lower) }

// mark writes into tokens where they stand in the longest phrase of each list:
// 1 the first, 2 one in the middle, 3 the last, 4 the only one.
func (l *Lists) mark(tokens []token) {
	var until [listCount]int // where the last phrase of each list ends
	for i := range tokens {
		var found [longestListed]uint16
		k := uint64(0)
		n := min(longestListed, len(tokens)-i)
		for j := range n {
			k = longer(k, &tokens[i+j].Form)
			found[j], _ = l.table.Get(k)
		}
		for j := n - 1; j >= 0; j-- {
			l.place(tokens[i:i+j+1], found[j], i, &until)
		}
	}
}

// place marks a phrase that begins at token i on each list of set that has no
// longer one there.
func (l *Lists) place(phrase []token, set uint16, i int, until *[listCount]int) {
	for list := range listCount {
		if set&(1<<list) == 0 || until[list] > i {
			continue
		}
		until[list] = i + len(phrase)
		for x := range phrase {
			phrase[x].on[list] = placeIn(x, len(phrase)-1)
		}
	}
}

func placeIn(x, last int) uint8 {
	switch {
	case last == 0:
		return 4
	case x == 0:
		return 1
	case x == last:
		return 3
	}
	return 2
}
