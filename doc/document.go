// Package doc is the document: a text and everything the stages of the reader
// have found in it, as plain data.
//
// It knows the shape of each annotation and how they refer to each other. It
// does not know how any of them is found (lang, news), nor how they are
// published (reading). It imports the standard library only.
//
// Three rules hold throughout. Text is never changed: forms are slices of
// Document.Text, and all offsets are bytes (Range) or tokens (Span) of it.
// Annotations refer to each other by index into the document's own slices, so a
// document can be copied, compared and stored as it is. A list that is nil was
// not looked for; one that is empty was looked for and nothing was found.
package doc

import (
	"strings"
	"time"
)

// None is the value of an index that refers to nothing.
const None = -1

// Document is one article and what the stages found in it. A document is
// written by one goroutine at a time; once read it may be shared.
type Document struct {
	Meta
	Text string // the input decoded to UTF-8, a leading BOM dropped, nothing else changed

	Has     Layer // the layers that have been set
	Strings Strings

	Dateline  Dateline
	Blocks    []Block
	Sentences []Span // in order, without gaps: together they hold every token
	Quotes    []Quote
	Tokens    Tokens
	Words     []Span // multiword tokens: spans of two and more tokens written as one ("don't" is do + n't)

	Names     []Name // by Begin; they do not overlap
	Times     []Time // by Begin; they do not overlap
	Durations []Duration

	Actors     []Actor
	Mentions   []Mention // by Begin, the longer first; see MentionOf
	Statements []Statement
	Judgements []Span // the outlet's own evaluations: nobody's statement and no fact
	Events     []Event
	Issues     []Issue
}

// Meta is what is known of an article besides its text. Every field may be
// empty; nothing in it is guessed from the text.
type Meta struct {
	Key       string // the caller's own id
	Title     string
	Outlet    string
	Byline    string
	Credit    string // the agency it came from: "AP"
	URL       string
	Language  string // BCP 47; "" is not known
	Published time.Time
	Modified  time.Time
}

// Layer is a set of annotation layers.
type Layer uint32

// The layers of a document, in the order in which the usual stages write them.
const (
	LayerText       Layer = 1 << iota // Blocks, Sentences, Quotes, Words, Tokens.Bytes
	LayerTags                         // Tokens.UPOS, XPOS, Feats, Lemma
	LayerTree                         // Tokens.Head, Deprel and the child lists
	LayerNames                        // Names
	LayerTimes                        // Times, Durations
	LayerActors                       // Actors, Mentions, Dateline.Place
	LayerStatements                   // Statements, Judgements
	LayerEvents                       // Events, Statement.About
	LayerIssues                       // Issues, Statement.Topics, Event.Topics
)

var layerNames = []string{"text", "tags", "tree", "names", "times", "actors", "statements", "events", "issues"}

// String lists the names of the layers in l.
func (l Layer) String() string {
	var out []string
	for i, n := range layerNames {
		if l&(1<<i) != 0 {
			out = append(out, n)
		}
	}
	return strings.Join(out, "+")
}

// Block is a run of text between breaks of the page.
type Block struct {
	Kind  BlockKind
	Bytes Range
	Span  Span // its tokens
}

// Dateline is the place that opens a news report: "GENEVA, March 3 (Agency) —".
type Dateline struct {
	Place string // "" where there is no dateline
	Span  Span   // the place's tokens
	Whole Span   // the whole dateline with its dash or colon; it belongs to no sentence's grammar
}

// Quote is one stretch of quoted text. A quotation over several paragraphs is
// one Quote a paragraph, each but the first with Continues set.
type Quote struct {
	Span      Span // with its marks
	Open      bool // no closing mark stands in its paragraph
	Continues bool // goes on from the Quote before it, in the paragraph before
	Depth     int  // 0 for an outer quotation, 1 for one within it
}

// Inner is the span of q without the marks at its ends.
func (d *Document) Inner(q Quote) Span {
	s := q.Span
	if s.Len() > 1 && d.UPOS(s.Begin) == PUNCT || s.Len() > 1 && isQuoteMark(d.Form(s.Begin)) {
		s.Begin++
	}
	if !q.Open && s.Len() > 0 && isQuoteMark(d.Form(s.End-1)) {
		s.End--
	}
	return s
}

func isQuoteMark(s string) bool {
	switch s {
	case `"`, "'", "''", "``", "“", "”", "‘", "’", "«", "»", "„":
		return true
	}
	return false
}

// Slice is the text of s as it stands in the article, line breaks included; ""
// for an empty span.
func (d *Document) Slice(s Span) string {
	if s.Empty() {
		return ""
	}
	return d.Text[d.Tokens.Bytes[s.Begin].Begin:d.Tokens.Bytes[s.End-1].End]
}

// Bytes is the range of the text that s covers; the zero Range for an empty one.
func (d *Document) Bytes(s Span) Range {
	if s.Empty() {
		return Range{}
	}
	return Range{d.Tokens.Bytes[s.Begin].Begin, d.Tokens.Bytes[s.End-1].End}
}

// Str is a string of a document's Strings; 0 is the empty string.
type Str uint32

// Strings holds each string of a document once.
type Strings struct {
	list  []string
	index map[string]Str
}

// Intern gives the number of s, adding it when it is new.
func (t *Strings) Intern(s string) Str {
	if s == "" {
		return 0
	}
	if v, ok := t.index[s]; ok {
		return v
	}
	if t.index == nil {
		t.index = make(map[string]Str, 64) // for a sentence; an article's growing costs little
		t.list = append(t.list, "")
	}
	v := Str(len(t.list))
	t.list = append(t.list, s)
	t.index[s] = v
	return v
}

// InternBytes is Intern of what stands in a buffer, copied only when it is new.
func (t *Strings) InternBytes(b []byte) Str {
	if v, ok := t.index[string(b)]; ok {
		return v
	}
	return t.Intern(string(b))
}

// Get is the string with number v.
func (t *Strings) Get(v Str) string {
	if v == 0 || int(v) >= len(t.list) {
		return ""
	}
	return t.list[v]
}
