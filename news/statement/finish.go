package statement

import (
	"cmp"
	"slices"

	"readout/doc"
)

// statements makes the document's statements of what was found.
func (f *finder) statements() []doc.Statement {
	f.nested()
	within := f.nest()
	out := make([]doc.Statement, len(f.out))
	for i := range f.out {
		x := &f.out[i]
		s := &out[i]
		s.Form, s.Confidence = f.form(x), x.conf
		s.Source = f.asSource(x)
		s.Within = doc.StatementID(within[i])
		s.Cue = doc.Cue{Span: x.cue, Head: x.head, Lemma: x.lemma, Act: x.act}
		s.Content = x.content
		s.To = f.refs(x.to, x.content)
		s.Negated = !x.silence && x.head >= 0 && f.d.UPOS(x.head) != doc.PUNCT && f.negated(x.head)
	}
	for i := range out {
		f.relay(i, out)
	}
	f.channels(out, within)
	f.occasions(out)
	f.readers(out)
	f.records(out)
	f.times(out)
	f.respond(out)
	return out
}

// nest gives for each statement the one whose content holds its cue, the
// smallest if several, or None.
func (f *finder) nest() []int32 {
	order := make([]int32, len(f.out))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(f.out[b].size(), f.out[a].size()) })
	owner := make([]int32, f.d.Len())
	for i := range owner {
		owner[i] = doc.None
	}
	f.owner = owner
	for _, i := range order {
		for _, c := range f.out[i].content {
			for t := c.Begin; t < c.End; t++ {
				owner[t] = i
			}
		}
	}
	within := make([]int32, len(f.out))
	for i := range f.out {
		x := &f.out[i]
		at := x.cue.Begin
		if x.cue.Empty() {
			at = x.start()
		}
		within[i] = doc.None
		if y := owner[at]; y >= 0 && y != int32(i) && f.out[y].size() > x.size() {
			within[i] = y
		}
		for y := i - 8; x.parent > 0 && y < i+8; y++ {
			if y >= 0 && y < len(f.out) && y != i && f.out[y].head == x.parent-1 {
				within[i] = int32(y)
			}
		}
	}
	return within
}

// nested drops of a content what reaches beyond the content of the statement
// whose cue is in it: "“We accept that,” he added" accepts not "he added".
func (f *finder) nested() {
	within := f.nest()
	keep := f.out[:0]
	for i := range f.out {
		x := f.out[i]
		if within[i] >= 0 && x.conf < sureWithin && !x.silence {
			continue
		}
		if y := within[i]; y >= 0 && x.parent == 0 && len(x.content) > 0 {
			var in []doc.Span
			for _, c := range x.content {
				for _, o := range f.out[y].content {
					if s := f.trim(f.clip(c, o)); !s.Empty() && c.Overlaps(o) {
						in = append(in, s)
					}
				}
			}
			if len(in) == 0 {
				continue
			}
			x.content = in
		}
		keep = append(keep, x)
	}
	f.out = keep
}

// form is how the content is reported.
func (f *finder) form(x *found) doc.StatementForm {
	if x.silence {
		return doc.SaidSilence
	}
	if len(x.content) == 0 {
		return doc.SaidIndirect
	}
	inside := int32(doc.None)
	if x.head >= 0 {
		inside = f.quoteAt[x.head]
	}
	all := joinAll(x.content)
	quoted := false
	for i := all.Begin; i < all.End; i++ {
		q := f.opens[i]
		if q < 0 || q == inside || !x.covers(i) {
			continue
		}
		quoted = true
		if i == x.content[0].Begin && f.d.Quotes[q].Span.End >= x.content[0].End {
			return doc.SaidDirect
		}
	}
	if quoted {
		return doc.SaidMixed
	}
	return doc.SaidIndirect
}

func (x *found) covers(i int32) bool {
	for _, c := range x.content {
		if c.Has(i) {
			return true
		}
	}
	return false
}

// asSource finds the actor of a source and its standing.
func (f *finder) asSource(x *found) doc.Source {
	s := doc.Source{Actor: doc.None, Span: x.src}
	if x.nobody || x.srcHead < 0 {
		s.Standing = doc.StandingUnattributed
		return s
	}
	if s.Actor = f.actorOf(x.srcHead, x.src); s.Actor < 0 {
		s.Actor = f.issuer(x.srcHead)
	}
	s.Standing = f.standing(s.Actor, x)
	return s
}

// issuer is the actor whose paper i is: of "a fact sheet issued by the ministry",
// "its communique", "a statement from the council". None for other nouns.
func (f *finder) issuer(i int32) doc.ActorID {
	d := f.d
	if f.t.people[d.Lemma(i)] != paper && f.t.channels[f.lowerForm(i)] == nil {
		return doc.None
	}
	for c := range d.Children(i) {
		switch rel := d.Deprel(c); {
		case rel == doc.RelNmodPoss:
			return f.actorOf(c, f.whole(c))
		case rel == doc.RelAcl:
			if a := f.agent(c); a >= 0 {
				return f.actorOf(a, f.whole(a))
			}
		case rel == doc.RelNmod && c > i:
			if p := f.preposition(c); p >= 0 && (d.Lemma(p) == "from" || d.Lemma(p) == "by") {
				return f.actorOf(c, f.whole(c))
			}
		}
	}
	return doc.None
}

// actorOf is the actor that the noun phrase headed by i stands for: that of a
// mention with this head, of a name in apposition to it, or of what a relative
// pronoun stands for.
func (f *finder) actorOf(i int32, span doc.Span) doc.ActorID {
	d := f.d
	anonymous := doc.ActorID(doc.None)
	if m := d.MentionOf(i); m >= 0 && d.Mentions[m].Actor >= 0 {
		if a := d.Mentions[m].Actor; !d.Actors[a].Anonymous || d.UPOS(i) == doc.PRON {
			return a
		}
		anonymous = d.Mentions[m].Actor // a name in apposition tells more
	}
	if f.relative(i) {
		if v := d.Head(i); v >= 0 {
			for n := 0; v >= 0 && n < 4; n++ {
				if d.Deprel(v) == doc.RelAclRelcl && d.Head(v) >= 0 {
					at := d.Head(v)
					a := f.actorOf(at, doc.Span{Begin: at, End: at + 1})
					if f.lowerForm(i) == "who" && (a < 0 || d.Actors[a].Kind != doc.KindPerson) {
						if b := f.whoBefore(i); b >= 0 && d.Actors[b].Kind == doc.KindPerson {
							return b
						}
					}
					return a
				}
				v = d.Head(v)
			}
		}
		return f.whoBefore(i)
	}
	for _, m := range d.MentionsIn(span) {
		if d.Mentions[m].Actor >= 0 && f.stands(d.Mentions[m].Head, i) {
			if a := d.Mentions[m].Actor; a != anonymous {
				return a
			}
		}
	}
	return anonymous
}

// whoBefore is the actor that a relative pronoun stands for where the tree does
// not tell: of the noun before it, or of what that hangs by; for "who" a person.
func (f *finder) whoBefore(i int32) doc.ActorID {
	d := f.d
	begin := d.SentenceOf(i).Begin
	k := i - 1
	for k > begin && (f.loose(k) || d.UPOS(k) == doc.CCONJ) {
		k--
	}
	found := doc.ActorID(doc.None)
	for n := 0; n < 6 && k >= begin && k < i && d.UPOS(k) != doc.VERB; n++ {
		if m := d.MentionOf(k); m >= 0 && d.Mentions[m].Actor >= 0 {
			a := d.Mentions[m].Actor
			if f.lowerForm(i) != "who" || d.Actors[a].Kind == doc.KindPerson || found < 0 && d.Actors[a].Kind == doc.KindGroup {
				found = a
			}
		}
		k = d.Head(k)
	}
	return found
}

// stands: the name with head h is that of the noun phrase with head i: in
// apposition to it, or part of one name with it. "House" in "a White House
// official" is not.
func (f *finder) stands(h, i int32) bool {
	d := f.d
	for n := 0; n < 4 && h >= 0; n++ {
		if h == i {
			return true
		}
		switch rel := d.Deprel(h); {
		case rel.Base() == doc.RelAppos, rel.Base() == doc.RelFlat, rel == doc.RelNmodDesc, rel == doc.RelPunct:
		case rel.Base() == doc.RelCompound && d.UPOS(i) == doc.PROPN:
		default:
			return false
		}
		h = d.Head(h)
	}
	return false
}

// standing is what the article lets us know of a source.
func (f *finder) standing(a doc.ActorID, x *found) doc.Standing {
	d := f.d
	if n := len(f.parties(x.srcHead)); n > 1 && !x.silence {
		return doc.StandingCollective
	}
	if a >= 0 {
		act := d.Actors[a]
		switch {
		case act.Kind == doc.KindGroup && !f.unnamed(x.srcHead):
			return doc.StandingCollective
		case act.Anonymous, act.Kind == doc.KindGroup, f.indefinite(x):
			return doc.StandingAnonymous
		}
		return doc.StandingNamed
	}
	switch d.UPOS(x.srcHead) {
	case doc.PROPN:
		return doc.StandingNamed
	case doc.PRON:
		return 0
	}
	plural := d.Feat(x.srcHead, "Number") == "Plur"
	switch f.t.people[d.Lemma(x.srcHead)] {
	case person:
		if plural && !f.unnamed(x.srcHead) {
			return doc.StandingCollective
		}
		return doc.StandingAnonymous
	case body:
		return doc.StandingCollective
	}
	return 0
}

// indefinite: "an official of the ministry" is nobody named, whatever name is in
// the phrase but for one in apposition.
func (f *finder) indefinite(x *found) bool {
	d := f.d
	if f.t.people[d.Lemma(x.srcHead)] != person || d.UPOS(x.srcHead) == doc.PROPN {
		return false
	}
	for _, n := range f.namesIn(x.src) {
		if n.Kind == doc.NamePER {
			return false
		}
	}
	a := false
	for c := range d.Children(x.srcHead) {
		switch d.Deprel(c).Base() {
		case doc.RelDet, doc.RelNummod:
			switch f.lowerForm(c) {
			case "a", "an", "one", "another", "some", "two", "three", "several":
				a = true
			}
		case doc.RelAppos, doc.RelFlat:
			if d.UPOS(c) == doc.PROPN || f.left[c] != f.right[c] {
				return false
			}
		}
	}
	return a
}

// namesIn are the names within s.
func (f *finder) namesIn(s doc.Span) []doc.Name {
	names := f.d.Names
	lo, _ := slices.BinarySearchFunc(names, s.Begin, func(n doc.Name, b int32) int { return cmp.Compare(n.Span.Begin, b) })
	hi := lo
	for hi < len(names) && names[hi].Span.Begin < s.End {
		hi++
	}
	return names[lo:hi]
}

// unnamed: several of these are still nobody in particular: "two officials",
// "people familiar with the talks".
func (f *finder) unnamed(i int32) bool {
	switch f.d.Lemma(i) {
	case "official", "source", "diplomat", "aide", "insider", "adviser", "advisor":
		return true
	case "person", "people":
		for c := range f.d.Children(i) {
			switch f.d.Deprel(c).Base() {
			case doc.RelAcl, doc.RelAmod, doc.RelNummod:
				return true
			}
		}
	}
	return false
}

// readers are those a letter or message was sent to in which something was said.
func (f *finder) readers(out []doc.Statement) {
	for i := range out {
		s := &out[i]
		if len(s.To) > 0 || s.Channel.Kind != doc.ChannelWritten {
			continue
		}
		for c := range f.d.Children(f.d.HeadOf(s.Channel.Span)) {
			if p := f.preposition(c); p >= 0 && f.d.Lemma(p) == "to" && f.d.Deprel(c).Base() == doc.RelNmod {
				s.To = f.refs(f.parties(c), nil)
				break
			}
		}
	}
}

// refs are the actors named at tokens, with the words that name them: no clause
// about them, and nothing of the content.
func (f *finder) refs(heads []int32, content []doc.Span) []doc.ActorRef {
	var out []doc.ActorRef
	for _, h := range heads {
		span := f.conjunct(h)
		if p := f.preposition(h); p >= 0 && p >= span.Begin {
			span.Begin = p + 1
		}
		for c := range f.d.Children(h) {
			if r := f.d.Deprel(c).Base(); c > h && (r == doc.RelAcl || r == doc.RelAdvcl || r == doc.RelParataxis) {
				span.End = min(span.End, f.left[c])
			}
		}
		for _, c := range content {
			if c.Begin > h {
				span.End = min(span.End, c.Begin)
			}
		}
		if span = f.trim(span); span.Empty() {
			continue
		}
		out = append(out, doc.ActorRef{Actor: f.actorOf(h, span), Span: span})
	}
	return out
}

// relay fills Via of statement i: the speakers of the statements it stands in,
// the outermost first, then who spoke for the source.
func (f *finder) relay(i int, out []doc.Statement) {
	s := &out[i]
	for y, n := s.Within, 0; y >= 0 && n < 8; y, n = out[y].Within, n+1 {
		src := out[y].Source
		if src.Standing == doc.StandingUnattributed || src.Span.Empty() || src.Actor >= 0 && src.Actor == s.Source.Actor {
			continue
		}
		s.Via = append(s.Via, doc.ActorRef{Actor: src.Actor, Span: src.Span})
	}
	slices.Reverse(s.Via)
	s.Via = append(s.Via, f.refs(f.out[i].via, nil)...)
}
