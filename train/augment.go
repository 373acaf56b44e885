package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// One sentence in copyEvery is repeated as a headline would have it, since
// treebanks have few: without its full stop, in Title Case or in CAPITALS.
const copyEvery = 20

// augment is corpus with changed copies of some sentences at its end. Curly
// quotation marks and dashes need none: package form takes them for straight
// ones.
func augment(corpus []sentence, seed uint64) []sentence {
	random := rand.New(rand.NewPCG(seed, 77))
	out := slices.Clone(corpus)
	for _, s := range corpus {
		n := len(s.forms)
		if n < 5 || n > 30 || random.IntN(copyEvery) != 0 {
			continue
		}
		c := s
		if last := n - 1; s.forms[last] == "." && !slices.Contains(s.heads, int32(last)) {
			c = s.head(last)
		}
		c.copied = true
		switch random.IntN(3) {
		case 0:
			c.forms = mapForms(c, capitals)
		case 1:
			c.forms = mapForms(c, titleCase)
		}
		out = append(out, c)
	}
	return out
}

// head is the first n tokens of s, none of which hangs by a later one.
func (s sentence) head(n int) sentence {
	old := int32(len(s.forms))
	c := s
	c.forms, c.upos, c.xpos, c.feats, c.lemmas, c.rels = s.forms[:n], s.upos[:n], s.xpos[:n], s.feats[:n], s.lemmas[:n], s.rels[:n]
	c.heads = slices.Clone(s.heads[:n])
	if s.labels != nil {
		c.labels = s.labels[:n]
	}
	for i, h := range c.heads {
		if h == old {
			c.heads[i] = int32(n)
		}
	}
	return c
}

func mapForms(s sentence, f func(string, doc.UPOS) string) []string {
	out := make([]string, len(s.forms))
	for i, form := range s.forms {
		out[i] = f(form, s.upos[i])
	}
	return out
}

func capitals(form string, _ doc.UPOS) string { return strings.ToUpper(form) }

func titleCase(form string, upos doc.UPOS) string {
	switch upos {
	case doc.ADP, doc.CCONJ, doc.DET, doc.PART, doc.PUNCT, doc.SCONJ:
		return form
	}
	_, n := utf8.DecodeRuneInString(form)
	return strings.ToUpper(form[:n]) + form[n:]
}
