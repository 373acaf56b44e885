// Package event finds what happened in an article, what is planned, and what
// is only spoken of: meetings, calls, visits, negotiations and the other kinds
// of the reading, each with who takes part and in which part, where, when, for
// how long, on what it depends, who says so, and with its status.
//
// It knows the words that name events and the words that say how real one is;
// all of them stand in tables (data/*.tsv), each row with an example and what
// it must give. It asks the registry's actors, the statements and the times of
// the document and finds none of these itself. What is on the table between
// the parties it leaves to package issue.
//
// The order of work:
//
//  1. detect.go      the words that name an event: mentions
//  2. noun.go        what a noun's own words say; climb.go, phrase.go: up the tree from a mention: what governs it makes it real,
//     planned, refused (status.go, tense.go); whose subject takes part
//     step.go        what becomes of a deal once it is made
//  3. argument.go    who takes part (subject.go, actors.go); place.go, when.go
//     absence.go     who stays away or leaves
//  4. same.go        which mentions are one event
//     refute.go      what the article itself says is not so, and what is only asked about
//  5. claim.go       what each source and the article's own voice say of it
//  6. derive.go      the status that the article as a whole supports
//  7. link.go        conditions, and how events stand to each other
//  8. code.go        CAMEO and PLOVER
//
// The statuses and what leads from one to the other are described, with an
// example each, in docs/status.md.
package event

import (
	"context"
	"fmt"

	"readout/doc"
)

// Config is what New makes a stage from. The zero value works.
type Config struct {
	// MaxClusters is how many of the latest events a mention is held against;
	// 0 means 64. The work grows with it.
	MaxClusters int
}

// Stage finds the events of documents. It is immutable and safe for many
// goroutines.
type Stage struct {
	lex    *lexicon
	window int
}

// New makes the stage. It panics when an embedded table is ill-formed, which
// the tests rule out.
func New(cfg Config) *Stage {
	lex, err := loadLexicon()
	if err != nil {
		panic(fmt.Errorf("event: %w", err))
	}
	if cfg.MaxClusters <= 0 {
		cfg.MaxClusters = 64
	}
	return &Stage{lex: lex, window: cfg.MaxClusters}
}

// Name is "events".
func (s *Stage) Name() string { return "events" }

// Reads are the layers that must be set.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerText | doc.LayerTags | doc.LayerTree | doc.LayerNames | doc.LayerTimes |
		doc.LayerActors | doc.LayerStatements
}

// Writes is the layer that Run sets.
func (s *Stage) Writes() doc.Layer { return doc.LayerEvents }

// Run sets Events and the About of every statement. It takes time linear in
// the tokens; the only error is ctx's.
func (s *Stage) Run(ctx context.Context, d *doc.Document) error {
	r := newRun(s, d)
	for i, sent := range d.Sentences {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.detect(sent)
	}
	for i := range r.mentions {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.read(&r.mentions[i])
	}
	r.prune()
	r.group()
	r.leavers()
	r.write()
	d.Has |= doc.LayerEvents
	return nil
}

// run is the work on one document.
type run struct {
	d      *doc.Document
	lex    *lexicon
	window int

	mentionOf   []int32                   // by token: the smallest actor mention it is the head of, or None
	nameOf      []int32                   // by token: the name it lies in, or None
	timeOf      []int32                   // by token: the time it lies in, or None
	durationOf  []int32                   // by token: the duration it lies in, or None
	statementOf []doc.StatementID         // by token: the innermost statement whose content holds it
	cueOf       map[int32]doc.StatementID // by main word of a cue: the first statement it reports
	heading     []bool                    // by token
	byWord      map[string]doc.ActorID    // last words of actors' names, for hyphenated pairs

	accordAt int32 // 1 + the first token that names a deal; 0: not looked for yet

	mentions []mention
	eventOf  []int32 // by token: the mention it names or supports, or None
	clusters []cluster
}

// newRun makes the maps from tokens that every step asks.
func newRun(s *Stage, d *doc.Document) *run {
	n := d.Len()
	r := &run{d: d, lex: s.lex, window: s.window}
	r.mentionOf, r.nameOf, r.timeOf = fill[int32](n), fill[int32](n), fill[int32](n)
	r.durationOf, r.eventOf = fill[int32](n), fill[int32](n)
	r.statementOf = fill[doc.StatementID](n)
	r.heading = make([]bool, n)
	r.cueOf = map[int32]doc.StatementID{}
	for k, m := range d.Mentions {
		if old := r.mentionOf[m.Head]; old < 0 || m.Span.Len() < d.Mentions[old].Span.Len() {
			r.mentionOf[m.Head] = int32(k)
		}
	}
	for k, m := range d.Names {
		mark(r.nameOf, m.Span, int32(k))
	}
	for k, t := range d.Times {
		mark(r.timeOf, t.Span, int32(k))
	}
	for k, t := range d.Durations {
		mark(r.durationOf, t.Span, int32(k))
	}
	for _, b := range d.Blocks {
		if b.Kind == doc.BlockHeading {
			for i := b.Span.Begin; i < b.Span.End; i++ {
				r.heading[i] = true
			}
		}
	}
	r.markStatements()
	r.markWords()
	return r
}

func fill[T ~int32](n int) []T {
	s := make([]T, n)
	for i := range s {
		s[i] = doc.None
	}
	return s
}

func mark[T ~int32](to []T, s doc.Span, v T) {
	for i := max(s.Begin, 0); i < s.End && int(i) < len(to); i++ {
		to[i] = v
	}
}

// markStatements notes for every token the smallest content that holds it.
// Contents nest (a relayed statement lies within the one that relays it), so
// the smaller of two wins, and of two alike the one that is relayed.
func (r *run) markStatements() {
	size := func(s doc.StatementID) int {
		n := 0
		for _, c := range r.d.Statements[s].Content {
			n += c.Len()
		}
		return n
	}
	for k := range r.d.Statements {
		id := doc.StatementID(k)
		s := &r.d.Statements[k]
		if h := s.Cue.Head; h >= 0 {
			if _, ok := r.cueOf[h]; !ok {
				r.cueOf[h] = id
			}
		}
		n := size(id)
		for _, c := range s.Content {
			for i := c.Begin; i < c.End; i++ {
				if old := r.statementOf[i]; old < 0 || n < size(old) || n == size(old) && s.Within == old {
					r.statementOf[i] = id
				}
			}
		}
	}
}
