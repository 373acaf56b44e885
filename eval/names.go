package eval

import (
	"cmp"
	"slices"

	"readout/doc"
)

// Names is what a document's names are worth. Exact asks for the same range
// and kind; Overlap for a shared character and the same kind, each name used
// once, the pairs that share most first.
type Names struct {
	Exact, Overlap [5]Count // by kind; 0 is all
	Untyped        Count    // the same range, whatever the kind
}

// Add counts the figures of o as well.
func (n *Names) Add(o *Names) {
	for k := range n.Exact {
		n.Exact[k].Add(o.Exact[k])
		n.Overlap[k].Add(o.Overlap[k])
	}
	n.Untyped.Add(o.Untyped)
}

// Named is a range of a text and the kind of name in it.
type Named struct {
	Range doc.Range
	Kind  doc.NameKind
}

// NamesOf are the names of d as ranges of bytes, those of the given kinds only.
func NamesOf(d *doc.Document, kinds []doc.NameKind) []Named {
	var out []Named
	for _, n := range d.Names {
		if slices.Contains(kinds, n.Kind) {
			out = append(out, Named{d.Bytes(n.Span), n.Kind})
		}
	}
	return out
}

// CompareNames compares the names that a system found in a text with the gold
// ones. What is given twice counts once. A name of the system that is not
// matched but lies where the gold is uncertain is left out of the count.
func CompareNames(gold, system []Named, uncertain []doc.Range) *Names {
	gold, system = unique(gold), unique(system)
	out := &Names{}
	pairs := func(exact, typed bool) (correct [5]int, used []bool) {
		return match(gold, system, exact, typed)
	}
	count := func(by *[5]Count, exact bool) {
		correct, used := pairs(exact, true)
		for k, s := range system {
			if !used[k] && doubtful(s.Range, uncertain, exact) {
				continue
			}
			by[s.Kind].System++
			by[0].System++
		}
		for _, g := range gold {
			by[g.Kind].Gold++
			by[0].Gold++
		}
		for k, n := range correct {
			by[k].Correct += n
			by[0].Correct += n
		}
	}
	count(&out.Exact, true)
	count(&out.Overlap, false)
	correct, used := pairs(true, false)
	out.Untyped.Gold = len(gold)
	for k, s := range system {
		if used[k] || !doubtful(s.Range, uncertain, true) {
			out.Untyped.System++
		}
	}
	for _, n := range correct {
		out.Untyped.Correct += n
	}
	return out
}

func unique(list []Named) []Named {
	list = slices.Clone(list)
	slices.SortFunc(list, compareNamed)
	return slices.Compact(list)
}

func compareNamed(a, b Named) int {
	return cmp.Or(cmp.Compare(a.Range.Begin, b.Range.Begin), cmp.Compare(a.Range.End, b.Range.End), cmp.Compare(a.Kind, b.Kind))
}

func doubtful(r doc.Range, uncertain []doc.Range, exact bool) bool {
	for _, u := range uncertain {
		if exact && r == u || !exact && shared(r, u) > 0 {
			return true
		}
	}
	return false
}

func shared(a, b doc.Range) int32 { return min(a.End, b.End) - max(a.Begin, b.Begin) }

// match pairs gold and system names one to one and counts the pairs by kind of
// the gold name.
func match(gold, system []Named, exact, typed bool) (correct [5]int, used []bool) {
	type candidate struct {
		g, s  int
		share float64 // of the union
	}
	var list []candidate
	for g, x := range gold {
		for s, y := range system {
			if typed && x.Kind != y.Kind || exact && x.Range != y.Range {
				continue
			}
			if c := shared(x.Range, y.Range); c > 0 {
				list = append(list, candidate{g, s, float64(c) / float64(max(x.Range.End, y.Range.End)-min(x.Range.Begin, y.Range.Begin))})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.share, a.share) })
	found := make([]bool, len(gold))
	used = make([]bool, len(system))
	for _, c := range list {
		if !found[c.g] && !used[c.s] {
			found[c.g], used[c.s] = true, true
			correct[gold[c.g].Kind]++
		}
	}
	return correct, used
}
