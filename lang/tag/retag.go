package tag

import (
	"readout/doc"
	"readout/lang/form"
)

// Retag gives token i of d, which has LayerTags, another part of speech and
// Penn tag, with the features and the lemma that go with them. A pair of tags
// that the tagger does not know changes the two only. It is for a later stage
// that knows better; it costs what one token costs in Run.
func (t *Tagger) Retag(d *doc.Document, i int32, c Class) {
	d.Tokens.UPOS[i], d.Tokens.XPOS[i] = c.UPOS, d.Strings.Intern(c.XPOS)
	k := t.number(c)
	if k < 0 {
		return
	}
	f := form.Look(d.Form(i))
	begin := d.SentenceOf(i).Begin
	d.Tokens.Feats[i] = 0
	if v, ok := t.featsOf(d, begin, i, k, &f); ok {
		d.Tokens.Feats[i] = d.Strings.Intern(t.feats[v])
	}
	d.Tokens.Lemma[i] = t.internLemma(d, i, &f, k, i == begin)
}

// number is the place of c among the classes, or -1. Few tokens are retagged,
// so the list is searched.
func (t *Tagger) number(c Class) int {
	for k := range t.classes {
		if t.classes[k] == c {
			return k
		}
	}
	return -1
}
