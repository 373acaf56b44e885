package statement

import (
	"cmp"
	"slices"

	"readout/doc"
	"readout/news/statement/label"
)

// This file ties the spans that the labeller (package label) has found together
// to attributions: a content in one piece or more, its cue, its source. With
// gold labels 97 % of PolNeAR's dev attributions come out whole.

// attribution is what the labeller has found.
type attribution struct {
	content  []doc.Span
	cue, src doc.Span // empty where there is none
	conf     float32
}

// What keeps a cue from being that of a content, and a source from being that of
// a cue, in tokens between them.
const (
	otherSentence = 40 // as good as so many tokens between
	farCue        = 60
	otherCue      = 15 // another cue between source and cue
	sourceAfter   = 3
	farSource     = 55
)

// attributions ties the labels of r together.
func (f *finder) attributions(r *label.Reading) []attribution {
	var out []attribution
	var cues, sources []doc.Span
	n := int32(len(r.Labels))
	for i := int32(0); i < n; {
		first := r.Labels[i]
		s := doc.Span{Begin: i, End: i + 1}
		for s.End < n && first != label.Outside && r.Labels[s.End] == first.Inside() {
			s.End++
		}
		i = s.End
		switch first {
		case label.Outside:
		case label.CueBegin, label.CueInside:
			cues = append(cues, s)
		case label.SourceBegin, label.SourceInside:
			sources = append(sources, s)
		case label.ContentGoesOn:
			if k := len(out) - 1; k >= 0 && f.continues(out[k].content, s) {
				out[k].content = append(out[k].content, s)
				break
			}
			fallthrough
		default:
			out = append(out, attribution{content: []doc.Span{s}})
		}
	}
	f.giveCues(out, cues)
	out = f.joinSpeech(out)
	for i := range out {
		out[i].src = f.nearestSource(&out[i], sources, r)
		out[i].conf = sure(r, out[i].content)
	}
	return out
}

// joinSpeech joins what the labeller has parted: direct speech without a cue
// goes on with the attribution before it in its paragraph where that has quoted
// words, and the clause that a lone "that" began with the "that".
func (f *finder) joinSpeech(list []attribution) []attribution {
	out := list[:0]
	for _, a := range list {
		if k := len(out) - 1; k >= 0 && (a.cue.Empty() && f.goesOnFrom(&out[k], &a) || f.begun(&out[k], &a)) {
			out[k].content = join(append(out[k].content, a.content...))
			if out[k].cue.Empty() {
				out[k].cue = a.cue
			}
			continue
		}
		out = append(out, a)
	}
	return out
}

// goesOnFrom: a is speech in the same paragraph as before, which has quoted
// words.
func (f *finder) goesOnFrom(before, a *attribution) bool {
	last := before.content[len(before.content)-1]
	first := a.content[0]
	return f.quoteAt[first.Begin] >= 0 && f.quoteAt[last.End-1] >= 0 && f.sameBlock(last.Begin, first.Begin)
}

// begun: before is but the word that begins a clause, and a stands right after.
func (f *finder) begun(before, a *attribution) bool {
	s := before.content[0]
	return len(before.content) == 1 && s.Len() == 1 && s.End+1 >= a.content[0].Begin && f.d.Tokens.Sent[s.Begin] == f.d.Tokens.Sent[a.content[0].Begin] &&
		(f.d.UPOS(s.Begin) == doc.SCONJ || f.lowerForm(s.Begin) == "that")
}

// continues: s can be a further piece of a content: in the same sentence, or a
// quotation that goes on.
func (f *finder) continues(content []doc.Span, s doc.Span) bool {
	last := content[len(content)-1]
	return f.d.Tokens.Sent[last.End-1] == f.d.Tokens.Sent[s.Begin] || f.quoteAt[s.Begin] >= 0
}

// sure is how sure the labeller is that spans are contents: the mean over their
// tokens.
func sure(r *label.Reading, spans []doc.Span) float32 {
	var p float32
	n := 0
	for _, s := range spans {
		for i := s.Begin; i < s.End; i++ {
			p += r.Of(i, label.ContentBegin, label.ContentGoesOn, label.ContentInside)
			n++
		}
	}
	return p / float32(max(n, 1))
}

// gap is how many tokens stand between a and b.
func gap(a, b doc.Span) int32 { return max(0, a.Begin-b.End, b.Begin-a.End) }

// giveCues gives each content the cue nearest to one of its pieces, a cue to one
// content, the nearest first.
func (f *finder) giveCues(list []attribution, cues []doc.Span) {
	type pair struct{ cue, at, cost int32 }
	sent := f.d.Tokens.Sent
	var pairs []pair
	from := 0
	for at := range list {
		for from < len(cues) && cues[from].End+farCue <= list[at].content[0].Begin {
			from++
		}
		for c := from; c < len(cues); c++ {
			best := int32(farCue)
			for _, s := range list[at].content {
				d := gap(cues[c], s)
				if sent[cues[c].Begin] < sent[s.Begin] || sent[cues[c].Begin] > sent[s.End-1] {
					d += otherSentence
				}
				best = min(best, d)
			}
			if best < farCue {
				pairs = append(pairs, pair{int32(c), int32(at), best})
			}
			if cues[c].Begin >= list[at].content[len(list[at].content)-1].End+farCue {
				break
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.cue, b.cue), cmp.Compare(a.at, b.at))
	})
	used := make([]bool, len(cues))
	for _, p := range pairs {
		if !used[p.cue] && list[p.at].cue.Empty() {
			used[p.cue] = true
			list[p.at].cue = cues[p.cue]
		}
	}
}

// nearestSource is the source nearest to the cue of a, or to its content where it
// has none; empty where none is near.
func (f *finder) nearestSource(a *attribution, sources []doc.Span, r *label.Reading) doc.Span {
	at := a.cue
	if at.Empty() {
		at = a.content[0]
	}
	sent := f.d.Tokens.Sent
	best, found := int32(farSource)+1, doc.Span{}
	k, _ := slices.BinarySearchFunc(sources, at.Begin, func(s doc.Span, b int32) int { return cmp.Compare(s.Begin, b) })
	for _, s := range sources[max(0, k-6):min(len(sources), k+6)] {
		cost := gap(s, at)
		if sent[s.Begin] != sent[at.Begin] {
			cost += farSource + sourceAfter
		}
		for i := min(s.End, at.End); i < max(s.Begin, at.Begin); i++ {
			switch l := r.Labels[i]; {
			case l == label.CueBegin:
				cost += otherCue
			case l >= label.ContentBegin:
				cost--
			}
		}
		if s.Begin > at.Begin {
			cost += sourceAfter
		}
		if cost < best {
			best, found = cost, s
		}
	}
	return found
}
