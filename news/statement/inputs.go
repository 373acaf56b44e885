package statement

import (
	"context"

	"readout/doc"
	"readout/linear"
)

// This file says what the labeller (package label) is told of a token besides
// the encoder's last layer: the word and its place in the tree, in quotations,
// in the paragraph, and what the rules make of it: each candidate for a
// statement is told to the tokens of its cue, source and content.

// inputs is the scratch of the labeller's inputs for one document.
type inputs struct {
	f      *finder
	lemmas map[doc.Str]uint64 // hashes of the document's strings
	covers []cover
	first  []int32 // by token: its first cover, None without
	blocks []uint8 // by token: kind of its block and which sentence of it
	before []uint8 // by token: how the block before ends
}

// cover is one role of a candidate at a token.
type cover struct {
	of    int32 // the candidate
	role  uint8
	place uint8 // 0 inside, 1 first, 2 last, 3 both
	next  int32
}

// The roles of a cover.
const (
	coverCue = iota
	coverSource
	coverContent
	coverFurther // a later piece of a content
)

// maxCovers is how many candidates a token is told of.
const maxCovers = 6

func newInputs(f *finder) *inputs {
	n := f.d.Len()
	in := &inputs{f: f, lemmas: map[doc.Str]uint64{}}
	in.first = make([]int32, n)
	count := make([]uint8, n)
	for i := range in.first {
		in.first[i] = doc.None
	}
	add := func(s doc.Span, role uint8, of int) {
		for i := s.Begin; i < s.End; i++ {
			if count[i] == maxCovers {
				continue
			}
			count[i]++
			c := cover{of: int32(of), role: role, next: in.first[i]}
			if i == s.Begin {
				c.place |= 1
			}
			if i == s.End-1 {
				c.place |= 2
			}
			in.first[i] = int32(len(in.covers))
			in.covers = append(in.covers, c)
		}
	}
	for k := range f.out {
		x := &f.out[k]
		add(x.cue, coverCue, k)
		add(x.src, coverSource, k)
		for n, c := range x.content {
			role := uint8(coverContent)
			if n > 0 {
				role = coverFurther
			}
			add(c, role, k)
		}
	}
	in.places()
	return in
}

// places fills blocks and before.
func (in *inputs) places() {
	d := in.f.d
	n := d.Len()
	in.blocks, in.before = make([]uint8, n), make([]uint8, n)
	last := uint8(0)
	for _, b := range d.Blocks {
		for i := b.Span.Begin; i < b.Span.End; i++ {
			k := uint8(min(d.Tokens.Sent[i]-d.Tokens.Sent[b.Span.Begin], 3))
			in.blocks[i] = uint8(b.Kind)*4 + k
			in.before[i] = last
		}
		if b.Span.Empty() {
			continue
		}
		last = 1
		if q := in.f.quoteAt[b.Span.End-1]; q >= 0 {
			last = 2
			if d.Quotes[q].Open {
				last = 3
			}
		}
	}
}

func (in *inputs) hash(s doc.Str) uint64 {
	h, ok := in.lemmas[s]
	if !ok {
		h = feature(in.f.d.Strings.Get(s))
		in.lemmas[s] = h
	}
	return h
}

// quoted is a token's place in quotations.
func (in *inputs) quoted(i int32) uint64 {
	f := in.f
	q := f.quoteAt[i]
	if q < 0 {
		return 0
	}
	quote := f.d.Quotes[q]
	v := uint64(1)
	switch {
	case i == quote.Span.Begin:
		v = 2
	case i == quote.Span.End-1:
		v = 3
	case i == quote.Span.Begin+1:
		v = 4
	}
	switch s := f.speech[q]; {
	case s >= 0:
		v += 8
	case s == noCue:
		v += 16
	}
	if quote.Continues {
		v += 32
	}
	if quote.Open {
		v += 64
	}
	return v
}

// distance is a signed distance in steps.
func distance(d int32) uint64 {
	side := uint64(0)
	if d < 0 {
		side, d = 16, -d
	}
	switch {
	case d <= 3:
	case d <= 6:
		d = 4
	case d <= 12:
		d = 5
	default:
		d = 6
	}
	return side + uint64(d)
}

// of appends the features of token i to dst.
func (in *inputs) of(dst []uint64, i int32) []uint64 {
	f, d := in.f, in.f.d
	t := &d.Tokens
	lemma := in.hash(t.Lemma[i])
	upos, rel := uint64(d.UPOS(i)), uint64(d.Deprel(i))
	h := d.Head(i)
	dst = append(dst, linear.Hash(1, lemma, upos), linear.Hash(2, rel, upos), linear.Hash(3, in.hash(t.XPOS[i]), 0))
	if h >= 0 {
		dst = append(dst, linear.Hash(4, in.hash(t.Lemma[h]), rel), linear.Hash(5, uint64(d.UPOS(h))<<8|rel, distance(h-i)))
		if g := d.Head(h); g >= 0 {
			dst = append(dst, linear.Hash(6, in.hash(t.Lemma[g]), uint64(d.Deprel(h))))
		}
	}
	q := in.quoted(i)
	dst = append(dst, linear.Hash(7, q, 0), linear.Hash(8, uint64(in.blocks[i]), uint64(in.before[i])<<8|q&7))
	if i > 0 && f.closes[i-1] >= 0 {
		dst = append(dst, linear.Hash(9, upos, 0))
	}
	if m := d.MentionOf(i); m >= 0 && d.Mentions[m].Actor >= 0 {
		a := d.Actors[d.Mentions[m].Actor]
		dst = append(dst, linear.Hash(10, uint64(a.Kind), uint64(d.Mentions[m].Form)))
	} else {
		dst = append(dst, linear.Hash(11, uint64(f.t.people[d.Lemma(i)]), upos))
	}
	for c := in.first[i]; c >= 0; c = in.covers[c].next {
		dst = in.candidate(dst, i, &in.covers[c])
	}
	return dst
}

// candidate appends what token i is told of a candidate.
func (in *inputs) candidate(dst []uint64, i int32, c *cover) []uint64 {
	f := in.f
	x := &f.out[c.of]
	known, upos := uint64(0), uint64(0)
	switch {
	case x.silence:
		known = 100
	case x.rule == nil:
		known = 101
	case !x.rule.unknown():
		known = 1 + uint64(x.act)
	}
	if x.head >= 0 {
		upos = uint64(f.d.UPOS(x.head))
	}
	role := uint64(c.role)<<2 | uint64(c.place)
	shape := uint64(x.frame) | upos<<16
	kind, _ := f.sourceKind(x)
	dst = append(dst, linear.Hash(20, role, shape<<8|known), linear.Hash(21, uint64(c.role), feature(kind)+shape),
		linear.Hash(23, role, chanceStep(x.chance)))
	if c.place&1 != 0 || c.role >= coverContent {
		dst = append(dst, linear.Hash(22, uint64(c.role)<<1|uint64(c.place&1), feature(x.lemma)+uint64(x.frame)))
	}
	return dst
}

// chanceStep is a probability in steps that are narrow at both ends.
func chanceStep(p float32) uint64 {
	for k, least := range [...]float32{.02, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98} {
		if p < least {
			return uint64(k)
		}
	}
	return 13
}

// Inputs are what the labeller is told of each token of d, which has all that
// the stage reads, where candidates have the weights w. The only error is ctx's.
func (s *Stage) Inputs(ctx context.Context, d *doc.Document, w Weights) ([][]uint64, error) {
	f := newFinder(d, s.t)
	f.all, f.weights = true, w
	if err := f.find(ctx); err != nil {
		return nil, err
	}
	f.weigh()
	in := newInputs(f)
	out := make([][]uint64, d.Len())
	for i := range out {
		out[i] = in.of(nil, int32(i))
	}
	return out, nil
}
