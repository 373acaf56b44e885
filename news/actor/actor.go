// Package actor finds who is in an article: one actor for each person, body,
// country, group and place of it, with every mention of it in the text.
//
// It knows how English news writes of people and states: titles and
// appositions, surnames after full names, metonyms ("Ankara", "the Kremlin"),
// "his Azerbaijani counterpart", "both leaders", pronouns, and who the "I" of a
// quotation is. Who holds an office and what a country's people are called it
// asks the registry. What is said and what happens it leaves to the packages
// statement and event.
//
// The order is that of a sieve (Lee et al. 2013, "Deterministic coreference
// resolution based on entity-centric, precision-ranked rules",
// https://aclanthology.org/J13-4004): what is surest first, over the whole
// article, and each later step may use what the earlier ones found.
//
//  1. names.go      the names of the text: spans of the names layer, mended by the registry
//  2. phrase.go     noun phrases and pronouns, with class, number, gender
//  3. title.go      the office words before and after a name
//  4. same.go       which names are one body, country or place (place.go: or a capital
//     person.go     that speaks for its country), and which one person
//  5. describe.go   "the French president", "a White House official"
//     bodies.go     "the ministry", "the Turkish government", "the country"
//     group.go      "both leaders", "the two sides", and who they are
//     pronoun.go    he, she, it, they; speaker.go: I and we in a quotation
//  6. write.go      the actors and mentions of the document
//     dictionary.go and their codes by a user's dictionary, where there is one
//     chain.go      the clusters as corpora of coreference mark them
//
// Things and events that are spoken of twice are kept apart from people and
// bodies, since "it" is often one of them; they make no actor.
package actor

import (
	"context"
	"fmt"

	"readout/doc"
	"readout/registry"
)

// Config is what New makes a stage from. The zero value works.
type Config struct {
	Registry   *registry.Registry // nil: the embedded tables
	Dictionary Dictionary         // asked before the registry for codes; nil: none
}

// Stage finds the actors of documents. It is immutable and safe for many
// goroutines.
type Stage struct {
	reg  *registry.Registry
	dict Dictionary
	lex  *lexicon
}

// New makes the stage. The error is that of an ill-formed table.
func New(cfg Config) (*Stage, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, fmt.Errorf("actor: %w", err)
	}
	if cfg.Registry == nil {
		if cfg.Registry, err = registry.Default(); err != nil {
			return nil, err
		}
	}
	return &Stage{reg: cfg.Registry, dict: cfg.Dictionary, lex: lex}, nil
}

// Name is "actors".
func (s *Stage) Name() string { return "actors" }

// Reads are the layers that must be set.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerText | doc.LayerTags | doc.LayerTree | doc.LayerNames
}

// Writes is the layer that Run sets.
func (s *Stage) Writes() doc.Layer { return doc.LayerActors }

// Run sets Actors, Mentions and Dateline.Place. It takes time linear in the
// tokens; the only error is ctx's.
func (s *Stage) Run(ctx context.Context, d *doc.Document) error {
	r, err := s.resolve(ctx, d)
	if err != nil {
		return err
	}
	r.write()
	d.Has |= doc.LayerActors
	return nil
}

// Chain is a cluster of mentions before those that are nobody are left out.
type Chain struct {
	Kind  doc.ActorKind // unset for things and events
	Heads []int32       // of each mention, in text order
	Spans []doc.Span    // whole noun phrases without appositions, as GUM marks them
	Wide  []doc.Span    // with appositions, as OntoNotes marks them; empty for an apposition or predicate itself
}

// Chains gives every cluster of d, things and events too, for the measuring of
// coreference. It changes nothing in d.
func (s *Stage) Chains(ctx context.Context, d *doc.Document) ([]Chain, error) {
	r, err := s.resolve(ctx, d)
	if err != nil {
		return nil, err
	}
	return r.chains(), nil
}

// run is the work on one document.
type run struct {
	d    *doc.Document
	reg  *registry.Registry
	dict Dictionary
	lex  *lexicon

	names       []named
	nameOf      []int32 // by token: the name it lies in, or None
	phrases     []phrase
	phraseOf    []int32 // by token: the phrase it is the head of, or None
	clusters    []cluster
	nationCount map[string]int             // how often the words name a country or its adjective
	nations     []nation                   // in text order
	parliament  string                     // country of the one parliament the article names
	halves      map[string]*registry.Entry // North Korea by "north"
	home        string                     // whose government "the government" is
	speaker     []int32                    // by token: the phrase that speaks it, or None

	index     map[string][]int32        // clusters by pieces of their names
	lastWord  map[string][]int32        // bodies by the last piece of their name
	countries map[string]int32          // by registry key
	offices   map[office]int32          // who holds it, as far as names tell
	entries   map[*registry.Entry]int32 // people of the registry
	byLemma   map[string][]int32        // by head noun, the latest last
	recent    [classThing + 1][]int32   // by class, the latest last
	groups    map[string]int32          // groups by their members

	matches  []match
	matchAt  []int32         // by token: the match that begins there, or None
	heading  []bool          // by token
	surnames map[string]bool // last words of people's names of several words
	blockOf  []int32         // by token
	pool     []candidate

	somebody []bool // by cluster: it becomes an actor
	scratch  []string
	tied     []int32 // by phrase: the name it is said of in the same breath, or None
}

func (s *Stage) resolve(ctx context.Context, d *doc.Document) (*run, error) {
	r := &run{d: d, reg: s.reg, dict: s.dict, lex: s.lex}
	for _, step := range [...]func(){
		r.findNames, r.findPhrases, r.findTitles, r.joinNames, r.findSpeakers,
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step()
	}
	return r, r.joinRest(ctx)
}
