// Package when finds expressions of time and duration in English news and
// resolves them to days.
//
// It knows the calendar, the words of time (the table in data) and how tense
// tells "on Monday" of last week from that of next week. It does not know what
// happened then: tying times to events is for the event stage.
//
// Everything is resolved against Document.Published. Where that is zero, and
// where an expression hangs on an event ("two days after the vote"), the span
// is kept and the interval left unknown. The day of publication is never the
// time of something by itself: only words that say so ("today", "on Tuesday"
// in a report of Tuesday) give it.
package when

import (
	"context"
	"strings"
	"time"

	"readout/doc"
)

// Config is empty so far.
type Config struct{}

// Finder is the stage. It is immutable and safe for many goroutines.
type Finder struct {
	table map[string][]entry
}

// New makes a Finder.
func New(Config) *Finder { return &Finder{table: loadTable()} }

// Name is the stage's name in messages.
func (*Finder) Name() string { return "when" }

// Reads is what Run needs.
func (*Finder) Reads() doc.Layer { return doc.LayerText | doc.LayerTags | doc.LayerTree }

// Writes is LayerTimes.
func (*Finder) Writes() doc.Layer { return doc.LayerTimes }

// Run sets Times and Durations. It is linear in the tokens; the only error is
// ctx's.
func (w *Finder) Run(ctx context.Context, d *doc.Document) error {
	d.Times, d.Durations = []doc.Time{}, []doc.Duration{}
	f := finder{d: d, words: make([][]entry, d.Len()), table: w.table, seen: map[int32]dependents{}}
	f.lookUp()
	if !d.Published.IsZero() {
		f.pub = dayOf(d.Published)
	}
	block := 0
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		for block < len(d.Blocks) && d.Blocks[block].Span.End <= s.Begin {
			block++
			f.history = interval{}
		}
		f.sentence(s)
	}
	d.Has |= doc.LayerTimes
	return nil
}

// finder holds what one Run knows.
type finder struct {
	d     *doc.Document
	table map[string][]entry
	words [][]entry // by token
	pub   time.Time // the day of publication; zero unknown
	begin int32     // of the sentence
	end   int32

	seen map[int32]dependents // what below has looked at

	refs    [doc.PerDecade + 1]ref // the times the article spoke of last, by unit
	history interval               // the last date with its year in this paragraph, not of this year
}

// ref is a time the article spoke of, the order-th.
type ref struct {
	interval
	order int
}

// lookUp finds the classes of all tokens. A capital counts for nothing here.
func (f *finder) lookUp() {
	var buf [16]byte
	for i := range f.words {
		form := f.d.Form(int32(i))
		if len(form) > len(buf) {
			continue
		}
		b := buf[:0]
		for k := range len(form) {
			c := form[k]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b = append(b, c)
		}
		f.words[i] = f.table[string(b)]
	}
}

// sentence finds the expressions of sentence s, from left to right, the longest
// at each place.
func (f *finder) sentence(s doc.Span) {
	f.begin, f.end = s.Begin, s.End
	for i := s.Begin; i < s.End; {
		if f.d.Dateline.Whole.Has(i) { // its date is that of the report
			i = f.d.Dateline.Whole.End
			continue
		}
		if !f.opens(i) {
			i++
			continue
		}
		if e, ok := f.expression(i); ok {
			f.add(e)
			i = e.end
			continue
		}
		if v, ok := f.duration(i); ok {
			f.d.Durations = append(f.d.Durations, v)
			i = v.Span.End
			continue
		}
		i++
	}
}

// opens reports whether an expression can begin with token i; most tokens are
// done with here.
func (f *finder) opens(i int32) bool {
	if f.words[i] != nil {
		return true
	}
	s := f.d.Form(i)
	switch c := s[0]; {
	case '0' <= c && c <= '9', c == '\'', c == 'Q', strings.HasPrefix(s, "’"):
		return true
	}
	return len(s) > 4 && (strings.HasSuffix(s, "long") || strings.IndexByte(s, '-') > 0)
}

// add resolves e and keeps it.
func (f *finder) add(e expr) {
	v := f.resolve(&e)
	t := doc.Time{Span: doc.Span{Begin: e.begin, End: e.end}, From: v.from, To: v.to, Unit: v.unit, Relation: e.relation, Set: e.set}
	if !v.known() && t.Unit == 0 {
		t.Unit = e.granularity()
	}
	f.d.Times = append(f.d.Times, t)
	if !v.known() || e.set || v.unit > doc.PerYear {
		return
	}
	f.refs[v.unit] = ref{v, len(f.d.Times)}
	if e.year > 0 && !f.pub.IsZero() && v.to.Year() < f.pub.Year() {
		f.history = v
	} else if e.kind == kindDate && e.year == 0 && f.history.known() && v.to.Year() < f.pub.Year() {
		f.history = v
	} else {
		f.history = interval{}
	}
}
