// Package issue finds what is on the table: the topics parties deal with, each
// party's stance with the statement it rests on, and proposals with their terms.
//
// Topics are rows of a table of what is negotiated about in peace processes and
// between states, and besides whatever the text says is discussed. Which words
// make a stance or a proposal is in tables too. Who speaks and what happens is
// left to the stages before: issue reads statements and events and ties topics
// to them.
package issue

import (
	"context"
	"slices"
	"strings"
	"sync"

	"readout/doc"
)

// Stage writes LayerIssues. It is immutable and safe for many goroutines.
type Stage struct{ t *table }

var defaultTable = sync.OnceValues(func() (*table, error) {
	return parseTable(topicsTSV, stancesTSV, agendaTSV, proposalsTSV, wordsTSV)
})

// New makes the stage from the embedded tables. An error means that a table is
// ill-formed, which the tests exclude.
func New() (*Stage, error) {
	t, err := defaultTable()
	if err != nil {
		return nil, err
	}
	return &Stage{t}, nil
}

// Name is "issues".
func (*Stage) Name() string { return "issues" }

// Reads are the layers Run needs.
func (*Stage) Reads() doc.Layer {
	return doc.LayerText | doc.LayerTags | doc.LayerTree | doc.LayerActors | doc.LayerStatements | doc.LayerEvents
}

// Writes is LayerIssues.
func (*Stage) Writes() doc.Layer { return doc.LayerIssues }

// Run sets d.Issues and the topics of statements and events. It is linear in
// tokens; the only error is ctx's.
func (s *Stage) Run(ctx context.Context, d *doc.Document) error {
	r := run{d: d, t: s.t, issues: map[string]doc.IssueID{}}
	d.Issues = []doc.Issue{}
	r.lower()
	for _, b := range d.Blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.find(b)
	}
	r.index()
	r.group()
	r.positions()
	r.proposals()
	r.topics()
	d.Has |= doc.LayerIssues
	return nil
}

// hit is one place where a topic is spoken of.
type hit struct {
	topic   int // row of the table, or -1 for one only the text names
	span    doc.Span
	head    int32
	heading bool
	issue   doc.IssueID
}

type run struct {
	d          *doc.Document
	t          *table
	low        []string // lemmas in lower case
	hits       []hit    // by Begin
	issues     map[string]doc.IssueID
	spoken     [][]int           // hits in cue and content of each statement
	placed     bool              // whether propose found an issue for its proposal
	gatherings map[int32]bool    // tokens that name meetings and calls
	speech     []doc.StatementID // the innermost statement that holds each token
}

func (r *run) lower() {
	r.low = make([]string, r.d.Len())
	for i := range r.low {
		r.low[i] = strings.ToLower(r.d.Lemma(int32(i)))
	}
}

// find appends the hits of one block. In headings only rows of the table count:
// they tell what the section is about, and are nobody's words.
func (r *run) find(b doc.Block) {
	d := r.d
	heading := b.Kind == doc.BlockHeading
	for i := b.Span.Begin; i < b.Span.End; i++ {
		if topic, span, ok := r.t.match(d, r.low, i); ok && !r.isVerbal(topic, span) {
			r.hits = append(r.hits, hit{topic, span, d.HeadOf(span), heading, doc.None})
			i = span.End - 1
			continue
		}
		if a, ok := r.t.agenda[r.low[i]]; ok && !heading && a.upos == d.UPOS(i) {
			r.generic(i, a)
		}
	}
}

// isVerbal drops one-word matches of words that are no nouns here: "trade
// insults", "border on the absurd".
func (r *run) isVerbal(topic int, s doc.Span) bool {
	u := r.d.UPOS(s.Begin)
	return s.Len() == 1 && u != doc.NOUN && u != doc.PROPN && u != doc.NUM
}

// generic takes as topics the noun phrases that the agenda word at i governs,
// unless the table knows them.
func (r *run) generic(i int32, a agenda) {
	d := r.d
	for c := range d.Children(i) {
		rel := d.Deprel(c).Base()
		obj := a.via == "" && (rel == doc.RelObj || d.Deprel(c) == doc.RelNsubjPass)
		pp := (rel == doc.RelNmod || rel == doc.RelObl) && a.governs(r.caseOf(c))
		if !obj && !pp {
			continue
		}
		r.phrase(c)
		for k := range d.Children(c) {
			if d.Deprel(k).Base() == doc.RelConj {
				r.phrase(k)
			}
		}
	}
}

// phrase adds the noun phrase headed by h as a topic.
func (r *run) phrase(h int32) {
	d := r.d
	if d.UPOS(h) != doc.NOUN || r.t.vague[r.low[h]] || d.MentionOf(h) != doc.None {
		return
	}
	s := r.nounPhrase(h)
	for j := s.Begin; j < s.End; j++ {
		if _, _, ok := r.t.match(d, r.low, j); ok {
			return // the table will find it there
		}
	}
	for k := len(r.hits) - 1; k >= 0 && r.hits[k].span.End > s.Begin; k-- {
		if r.hits[k].span.Overlaps(s) {
			return
		}
	}
	if s.Len() <= maxLabel {
		r.insert(hit{-1, s, h, false, doc.None})
	}
}

// maxLabel is the number of tokens a topic in the article's words may have:
// longer ones are clauses, not names of topics.
const maxLabel = 7

// insert keeps the hits in text order.
func (r *run) insert(h hit) {
	k := len(r.hits)
	for k > 0 && r.hits[k-1].span.Begin > h.span.Begin {
		k--
	}
	r.hits = append(r.hits, hit{})
	copy(r.hits[k+1:], r.hits[k:])
	r.hits[k] = h
}

// nounPhrase is h with its modifiers to the left, without determiners, and one
// "of" phrase to the right.
func (r *run) nounPhrase(h int32) doc.Span {
	d := r.d
	s := doc.Span{Begin: h, End: h + 1}
	for c := range d.Children(h) {
		switch d.Deprel(c).Base() {
		case doc.RelAmod, doc.RelCompound, doc.RelNummod:
			if c < h {
				s = s.Union(d.Subtree(c))
			}
		case doc.RelNmod:
			if c > h && r.caseOf(c) == "of" && s.End <= h+1 {
				s = s.Union(r.withCase(c))
			}
		}
	}
	return s
}

func (r *run) withCase(c int32) doc.Span {
	s := r.d.Subtree(c)
	if s.Len() > maxLabel {
		s = doc.Span{Begin: s.Begin, End: c + 1}
	}
	return s
}

// caseOf is the lemma of the preposition that introduces c, "" without.
func (r *run) caseOf(c int32) string {
	if k := r.d.Child(c, doc.RelCase); k >= 0 {
		return r.low[k]
	}
	return ""
}

// group makes an issue of the hits of one topic, in order of appearance.
func (r *run) group() {
	d := r.d
	for k := range r.hits {
		h := &r.hits[k]
		key := strings.ToLower(d.Slice(h.span))
		if h.topic >= 0 {
			key = r.t.topics[h.topic].name
		}
		id, ok := r.issues[key]
		if !ok && h.heading {
			continue // a heading alone puts nothing on the table
		}
		if !ok {
			id = doc.IssueID(len(d.Issues))
			r.issues[key] = id
			v := doc.Issue{PartOf: doc.None, Evidence: []doc.Span{}, Positions: []doc.Position{}, Proposals: []doc.Proposal{}}
			if h.topic >= 0 {
				v.Canonical = key
			}
			d.Issues = append(d.Issues, v)
		}
		h.issue = id
		v := &d.Issues[id]
		if h.heading {
			continue
		}
		v.Evidence = append(v.Evidence, h.span)
		r.concerning(v, h)
	}
	r.labels()
	r.headings()
	r.parts()
}

// labels names each issue as the article does most often; of names that are as
// frequent, the one with more words of the table's name, then the one with more
// words, then the first.
func (r *run) labels() {
	d := r.d
	for i := range d.Issues {
		v := &d.Issues[i]
		count := map[string]int{}
		for _, s := range v.Evidence {
			count[strings.ToLower(r.label(s))]++
		}
		var best [3]int
		for _, s := range v.Evidence {
			label := r.label(s)
			rank := [3]int{count[strings.ToLower(label)], shared(label, v.Canonical), s.Len()}
			if v.Topic == "" || slices.Compare(rank[:], best[:]) > 0 {
				v.Topic, best = label, rank
			}
		}
	}
}

// shared counts the words of a that stand in b.
func shared(a, b string) int {
	n := 0
	for _, w := range strings.Fields(strings.ToLower(a)) {
		if strings.Contains(" "+b+" ", " "+w+" ") {
			n++
		}
	}
	return n
}

// headings ties hits in headings to issues that the text below them raised.
func (r *run) headings() {
	for k := range r.hits {
		if h := &r.hits[k]; h.heading && h.issue == doc.None && h.topic >= 0 {
			if id, ok := r.issues[r.t.topics[h.topic].name]; ok {
				h.issue = id
			}
		}
	}
}

// label is the article's wording of a topic on one line, in lower case unless
// it holds a name.
func (r *run) label(s doc.Span) string {
	words := strings.Fields(r.d.Slice(s))
	if len(words) > 0 && r.d.UPOS(s.Begin) != doc.PROPN && strings.ToUpper(words[0]) != words[0] {
		words[0] = strings.ToLower(words[0])
	}
	return strings.Join(words, " ")
}

// concerning adds the actors that the topic's noun phrase speaks of: "security
// guarantees for Ukraine", "Libya's oil revenue".
func (r *run) concerning(v *doc.Issue, h *hit) {
	d := r.d
	s := d.Subtree(h.head)
	if s.Len() > 25 {
		s = doc.Span{Begin: max(s.Begin, h.span.Begin-4), End: min(s.End, h.span.End+6)}
	}
	for _, m := range d.MentionsIn(s.Union(h.span)) {
		men := d.Mentions[m]
		if k := d.Actors[men.Actor].Kind; k == doc.KindPlace || men.Form == doc.FormPronoun || !r.near(men.Head, h) {
			continue
		}
		known := false
		for _, c := range v.Concerning {
			known = known || c.Actor == men.Actor
		}
		if !known {
			v.Concerning = append(v.Concerning, doc.ActorRef{Actor: men.Actor, Span: men.Span})
		}
	}
}

// near reports whether token i hangs by the topic's noun phrase itself and not
// by a clause within it.
func (r *run) near(i int32, h *hit) bool {
	d := r.d
	for n := 0; n < 4 && i >= 0; n++ {
		if i == h.head || h.span.Has(i) {
			return true
		}
		switch d.Deprel(i).Base() {
		case doc.RelNmod, doc.RelCompound, doc.RelAmod, doc.RelConj, doc.RelAppos, doc.RelFlat, doc.RelObl:
			i = d.Head(i)
		default:
			return false
		}
	}
	return false
}

// parts sets PartOf: from the words ("humanitarian issues, including a
// swap of captives"), else from the table where the wider topic is an
// issue of the article.
func (r *run) parts() {
	d := r.d
	for k := range r.hits {
		h := &r.hits[k]
		if h.issue == doc.None || h.heading {
			continue
		}
		v := &d.Issues[h.issue]
		if including(r.caseOf(h.head)) {
			if w := r.hitAt(d.Head(h.head)); w != nil && w.issue != h.issue && w.issue != doc.None {
				v.PartOf = w.issue
			}
		}
		if h.topic >= 0 && v.PartOf == doc.None {
			if id, ok := r.issues[r.t.topics[h.topic].partOf]; ok && id != h.issue {
				v.PartOf = id
			}
		}
	}
	r.breakCycles()
}

func including(preposition string) bool {
	return preposition == "include" || preposition == "including" || preposition == "such"
}

// blockOf is the index of the block that holds token i.
func (r *run) blockOf(i int32) int {
	n, _ := slices.BinarySearchFunc(r.d.Blocks, i, func(b doc.Block, i int32) int {
		if b.Span.End <= i {
			return -1
		}
		return 1
	})
	return min(n, len(r.d.Blocks)-1)
}

// breakCycles drops a PartOf that leads back to its own issue.
func (r *run) breakCycles() {
	d := r.d
	for i := range d.Issues {
		at := d.Issues[i].PartOf
		for n := 0; at != doc.None && n <= len(d.Issues); n++ {
			if at == doc.IssueID(i) {
				d.Issues[i].PartOf = doc.None
				break
			}
			at = d.Issues[at].PartOf
		}
	}
}

// hitAt is the hit that holds token i, or nil.
func (r *run) hitAt(i int32) *hit {
	lo, hi := 0, len(r.hits)
	for lo < hi {
		if m := (lo + hi) / 2; r.hits[m].span.End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(r.hits) && r.hits[lo].span.Has(i) {
		return &r.hits[lo]
	}
	return nil
}

// hitsIn are the hits that lie within s.
func (r *run) hitsIn(s doc.Span) []int {
	lo, hi := 0, len(r.hits)
	for lo < hi {
		if m := (lo + hi) / 2; r.hits[m].span.Begin < s.Begin {
			lo = m + 1
		} else {
			hi = m
		}
	}
	var out []int
	for ; lo < len(r.hits) && r.hits[lo].span.Begin < s.End; lo++ {
		if r.hits[lo].span.End <= s.End && !r.hits[lo].heading {
			out = append(out, lo)
		}
	}
	return out
}

// topics sets Statement.Topics and Event.Topics.
func (r *run) topics() {
	d := r.d
	for i := range d.Statements {
		d.Statements[i].Topics = r.issuesOf(r.spoken[i])
	}
	for i := range d.Events {
		e := &d.Events[i]
		var hits []int
		for _, t := range e.Triggers {
			for _, k := range r.hitsIn(d.Subtree(t)) {
				if r.near(r.hits[k].head, &hit{head: t}) {
					hits = append(hits, k)
				}
			}
		}
		e.Topics = r.issuesOf(hits)
	}
}

func (r *run) issuesOf(hits []int) []doc.IssueID {
	out := []doc.IssueID{}
	for _, k := range hits {
		id := r.hits[k].issue
		known := id == doc.None
		for _, o := range out {
			known = known || o == id
		}
		if !known {
			out = append(out, id)
		}
	}
	return out
}
