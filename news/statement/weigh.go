package statement

import (
	"context"
	"math"
	"strconv"
	"strings"

	"readout/doc"
)

// This file decides which candidates are statements. A candidate is a cue with a
// content in a shape that a report can have; whether "backed the plan" or "saw
// the minister" report anybody's words or mind is learned: a logistic regression
// over the few features below, whose weights `readout train attribution` makes
// from the training part of PolNeAR. Features that hold words keep those seen in
// at least three articles. What it says is told to the labeller, and decides on
// what the labeller has learned nothing of: statements within others. Without a
// model the candidates whose cues the tables know are statements.

// Probabilities from which on a candidate is a statement: of a cue that the
// tables know, and of one that only the weights know.
const (
	sureKnown   = 0.05
	sureUnknown = 0.45
	sureWithin  = 0.2 // any that lies within another
	sureNobody  = 0.6 // such a cue whose source is nobody that can speak
)

// learns reports whether there are weights to decide by.
func (f *finder) learns() bool { return f.all || len(f.weights) > 0 }

// weigh sets the chance of each candidate.
func (f *finder) weigh() {
	for i := range f.out {
		x := &f.out[i]
		if x.silence || x.rule == nil || len(f.weights) == 0 {
			continue
		}
		z := 0.0
		f.features(x, func(h uint64) { z += float64(f.weights[h]) })
		x.chance = float32(1 / (1 + math.Exp(-z)))
	}
}

// decide drops the candidates that are no statements and sets the confidence of
// the others.
func (f *finder) decide() {
	if f.all {
		return
	}
	keep := f.out[:0]
	for i := range f.out {
		x := &f.out[i]
		if x.silence || x.rule == nil || x.sure {
			keep = append(keep, *x)
			continue
		}
		if f.silenced[x.head] {
			continue
		}
		if len(f.weights) == 0 {
			if !x.rule.unknown() || x.frame == frameQuote {
				keep = append(keep, *x)
			}
			continue
		}
		if x.rule.frames&frameChannel != 0 {
			if _, ok := f.channelAt(x.head, x); ok || f.sentPaper(x) {
				x.conf = 0.8
				keep = append(keep, *x)
			}
			continue
		}
		p := float64(x.chance)
		x.conf = float32(math.Round(p*100) / 100)
		least := sureKnown
		if x.rule.unknown() {
			least = sureUnknown
			if !f.somebody(x) {
				least = sureNobody
			}
		}
		if p >= least || x.frame == frameQuote {
			keep = append(keep, *x)
		}
	}
	f.out = keep
}

// somebody: the source is a person, a body, an actor or a pronoun.
func (f *finder) somebody(x *found) bool {
	switch kind, _ := f.sourceKind(x); kind {
	case "NOUN", "ADJ", "NUM", "DET", "SYM", "X", "VERB", "PUNCT", "it":
		return false
	}
	return true
}

// Feature is the number of a feature of a Candidate.
func Feature(name string) uint64 { return feature(strings.Split(name, " ")...) }

// feature is the number of a feature's name.
func feature(parts ...string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ ' ') * 1099511628211
	}
	return h
}

// features calls add with the number of each feature of x.
func (f *finder) features(x *found, add func(uint64)) {
	f.eachFeature(x, &features{number: add})
}

// features takes the features of a cue: by their numbers to read, by their names
// to train. It is a type, and no function, so that the parts of a name need not
// be allocated.
type features struct {
	number func(uint64)
	name   func(string)
}

func (to *features) add(parts ...string) {
	if to.number != nil {
		to.number(feature(parts...))
		return
	}
	to.name(strings.Join(parts, " "))
}

// eachFeature gives the name of each feature of x, in parts.
func (f *finder) eachFeature(x *found, to *features) {
	d := f.d
	v := x.head
	lemma := x.lemma
	shape := x.frame.name()
	if x.prep != "" {
		shape += ":" + x.prep
	}
	upos := d.UPOS(v).String()
	known := "unknown"
	if !x.rule.unknown() {
		known = x.rule.act.String()
	}
	source, speaker := f.sourceKind(x)
	rel := d.Deprel(v).Base().String()
	to.add("bias")
	to.add("shape", upos, shape)
	to.add("lemma", upos, lemma)
	to.add("lemma+shape", upos, lemma, shape)
	to.add("known+shape", upos, known, shape)
	to.add("source", source)
	to.add("source+shape", upos, source, shape)
	to.add("lemma+source", upos, lemma, source)
	to.add("speaker", speaker)
	to.add("speaker+shape", speaker, shape)
	to.add("rel+shape", upos, rel, shape)
	to.add("xpos+shape", d.XPOS(v), shape)
	to.add("lemma+xpos", lemma, d.XPOS(v))
	if h := d.Head(v); h >= 0 && (rel == "xcomp" || rel == "advcl" || rel == "ccomp" || rel == "acl") {
		to.add("governor", rel, d.Lemma(h))
	}
	for c := range d.Children(v) {
		switch d.Deprel(c).Base() {
		case doc.RelAux:
			to.add("aux", d.Lemma(c), known)
		case doc.RelMark:
			to.add("mark", d.Lemma(c), shape)
		}
	}
	if f.negated(v) {
		to.add("negated", known)
	}
	f.contentFeatures(x, shape, lemma, known, to)
}

func (f *finder) contentFeatures(x *found, shape, lemma, known string, to *features) {
	d := f.d
	if len(x.content) == 0 {
		return
	}
	all := joinAll(x.content)
	head := d.HeadOf(x.content[len(x.content)-1])
	to.add("object", shape, d.UPOS(head).String())
	to.add("object lemma", shape, d.Lemma(head))
	to.add("lemma+object", lemma, d.UPOS(head).String())
	thing := f.thing(head)
	to.add("known+thing", known, shape, thing)
	to.add("lemma+thing", lemma, shape, thing)
	n := 0
	for m := all.Len(); m > 1; m /= 2 {
		n++
	}
	to.add("length", shape, strconv.Itoa(n))
	to.add("pieces", shape, strconv.Itoa(len(x.content)))
	quoted, finite, first := "", "", ""
	for i := all.Begin; i < all.End; i++ {
		if f.opens[i] >= 0 {
			quoted = "quoted"
		}
		if (d.UPOS(i) == doc.VERB || d.UPOS(i) == doc.AUX) && d.Feat(i, "VerbForm") == "Fin" {
			finite = "finite"
		}
	}
	switch first = f.lowerForm(x.content[0].Begin); first {
	case "that", "to", "whether", "what", "how", "why", "if", "when", "where", "who", "a", "the", "his", "her", "their", "its", "it", "him", "them":
	default:
		first = d.UPOS(x.content[0].Begin).String()
	}
	to.add("quoted", shape, quoted)
	to.add("finite", shape, finite)
	to.add("first", shape, first)
	if x.content[0].Begin < x.head {
		to.add("before", shape)
	}
	if f.inHeading(x.head) {
		to.add("heading", shape)
	}
}

// thing is what kind of thing a noun phrase names: who can be praised, what can be
// announced.
func (f *finder) thing(i int32) string {
	d := f.d
	switch d.UPOS(i) {
	case doc.PROPN:
		if m := d.MentionOf(i); m >= 0 && d.Mentions[m].Actor >= 0 {
			return d.Actors[d.Mentions[m].Actor].Kind.String()
		}
		return "name"
	case doc.PRON:
		return "pronoun"
	case doc.NOUN:
		switch f.t.people[d.Lemma(i)] {
		case person:
			return "person"
		case body:
			return "organization"
		case paper:
			return "paper"
		}
		if f.t.cues[d.Lemma(i)] != nil && f.t.cues[d.Lemma(i)][posNoun] != nil {
			return "saying"
		}
		return "noun"
	}
	return "clause"
}

// sourceKind is what kind of noun phrase the source is, and its lemma.
func (f *finder) sourceKind(x *found) (kind, lemma string) {
	d := f.d
	if x.nobody || x.srcHead < 0 {
		return "nobody", "nobody"
	}
	i := x.srcHead
	lemma = strings.ToLower(d.Lemma(i))
	switch d.UPOS(i) {
	case doc.PROPN:
		return "name", "name"
	case doc.PRON:
		switch l := f.lowerForm(i); l {
		case "he", "she", "his", "her", "him":
			return "he", l
		case "they", "their", "them":
			return "they", l
		case "i", "we", "my", "our", "you", "your", "me", "us":
			return "i", l
		case "who", "which", "that":
			return l, l
		default:
			return "it", l
		}
	}
	switch f.t.people[d.Lemma(i)] {
	case person:
		return "person", lemma
	case body:
		return "body", lemma
	case paper:
		return "paper", lemma
	}
	if f.isActor(i) {
		return "actor", lemma
	}
	return d.UPOS(i).String(), lemma
}

func (fr frame) name() string {
	switch fr {
	case frameClause:
		return "clause"
	case frameQuote:
		return "quote"
	case frameInf:
		return "inf"
	case frameGer:
		return "ger"
	case frameNP:
		return "np"
	case frameAs:
		return "as"
	case framePred:
		return "pred"
	case frameObjInf:
		return "objinf"
	case frameObjClause:
		return "objclause"
	case framePP:
		return "pp"
	}
	return "none"
}

// Candidate is what training sees of a candidate: where it stands and its
// features by name.
type Candidate struct {
	Cue, Source doc.Span
	Content     []doc.Span
	Nobody      bool
	Features    []string
}

// Candidates are the candidates in d that the weights decide on, all of them.
// The only error is ctx's.
func (s *Stage) Candidates(ctx context.Context, d *doc.Document) ([]Candidate, error) {
	f := newFinder(d, s.t)
	f.all = true
	if err := f.find(ctx); err != nil {
		return nil, err
	}
	var out []Candidate
	for i := range f.out {
		x := &f.out[i]
		if x.silence || x.rule == nil {
			continue
		}
		c := Candidate{Cue: x.cue, Source: x.src, Content: x.content, Nobody: x.nobody}
		f.eachFeature(x, &features{name: func(s string) { c.Features = append(c.Features, s) }})
		out = append(out, c)
	}
	return out, nil
}
