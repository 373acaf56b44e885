package event

import "math"

// sight is what a coded event was seen by, as far as it tells how likely its
// type is right.
type sight struct {
	other  bool // an event or statement of the reading, not one of the coder's patterns
	source bool // the source's country stands in its own words
	aside  bool // in a clause that gives the background
	turned bool // intended, asked for, refused: told by two words
}

// sure is the confidence that the type is right, in a sentence with as many other
// events. It is a logistic function whose weights were fitted to the dev half of
// PLOVER's gold records (220 events, ridge 1), so it is right for
// sentences that tell of one event of the codebooks each; in other text the
// order holds, the height does not.
func (s sight) sure(beside int) float32 {
	x := weightBase
	for _, f := range []struct {
		on bool
		w  float64
	}{
		{s.other, weightOther}, {s.source, weightSource}, {s.aside, weightAside},
		{s.turned, weightTurned}, {beside > 0, weightBeside}, {beside > 1, weightCrowd},
	} {
		if f.on {
			x += f.w
		}
	}
	return float32(math.Round(100/(1+math.Exp(-x))) / 100)
}

const (
	weightBase   = 2.23
	weightOther  = -1.35
	weightSource = 0.26
	weightAside  = -0.32
	weightTurned = 0.57
	weightBeside = -1.7
	weightCrowd  = -0.44
)

// beside is the number of other events coded of the sentence of event k.
func (c *coder) beside(all []Coded, k int) int {
	n := 0
	for i := range all {
		if i != k && c.d.Tokens.Sent[all[i].at] == c.d.Tokens.Sent[all[k].at] {
			n++
		}
	}
	return n
}
