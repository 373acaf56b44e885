// Package registry knows who is who in the news: countries and what their
// people are called, bodies, armed groups, agencies and platforms, places and
// buildings of state, metonyms, the offices people held and when, role nouns,
// honorifics, and the spellings of all of these.
//
// Everything it knows stands in the tables under data, one fact a row with its
// source; data/README.md describes them, and users can add their own. It does
// not know documents: callers hand it words and dates and get entries back.
// Which of several entries an article means, and what is said of it, is for
// the callers to decide.
//
// A [Registry] is immutable and safe for many goroutines.
package registry

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

//go:embed data/*.tsv
var files embed.FS

// Registry is the decoded tables and their indexes.
type Registry struct {
	entries []Entry
	keys    map[string]int32 // Entry.Key to its place in entries
	alpha2  map[string]int32

	names   index // every way to name an entry
	roles   index // role nouns, by lemma and by plural
	nouns   []RoleNoun
	titles  index // honorifics
	honours []Honorific

	officeRows []officeRow
	offices    index // office titles, to tell their kind

	spelling map[string][]string   // other spellings of a piece, by the tables
	gender   map[string]Gender     // by folded given name
	common   map[string]bool       // folded words that are names too
	holders  map[holderKey][]int32 // persons who held an office of a state
	staff    map[string][]int32    // persons who held an office of a body, by its key
}

// Config is what New makes a registry from. The zero value gives the embedded
// tables alone.
type Config struct {
	// Extra are the user's own tables, read after the embedded ones in the
	// order given. Their rows win: an entry with a key that is known is
	// amended, and a name that is known means the user's entry first.
	Extra []Table
}

// Table is one table of a user, in one of the formats of docs/registry.md;
// which one, its header tells.
type Table struct {
	Name string // for messages: the file it came from
	R    io.Reader
}

// defaultRegistry decodes the embedded tables once.
var defaultRegistry = sync.OnceValues(func() (*Registry, error) { return New(Config{}) })

// Default gives the registry of the embedded tables. They are decoded at the
// first call, which takes some tens of milliseconds.
func Default() (*Registry, error) { return defaultRegistry() }

// New makes a registry from the embedded tables and those of c. An ill-formed
// table gives a *SyntaxError.
func New(c Config) (*Registry, error) {
	b := newBuilder()
	names, err := fs.Glob(files, "data/*.tsv")
	if err != nil {
		return nil, fmt.Errorf("registry: list tables: %w", err)
	}
	for _, name := range names { // Glob sorts
		f, err := files.Open(name)
		if err != nil {
			return nil, fmt.Errorf("registry: open %s: %w", name, err)
		}
		err = b.read(name, f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("registry: %w", err)
		}
	}
	b.own = true
	for _, t := range c.Extra {
		if err := b.read(t.Name, t.R); err != nil {
			return nil, fmt.Errorf("registry: %w", err)
		}
	}
	return b.finish()
}

// Len is the number of entries.
func (r *Registry) Len() int { return len(r.entries) }

// Entry is the entry with a key: a country's alpha-3 code, "vladimir-putin",
// "un-security-council". It is nil when there is none.
func (r *Registry) Entry(key string) *Entry {
	if i, ok := r.keys[key]; ok {
		return &r.entries[i]
	}
	return nil
}

// Country is the country or territory with an ISO 3166-1 alpha-3 or alpha-2
// code (XKX and XK for Kosovo), or nil.
func (r *Registry) Country(code string) *Entry {
	i, ok := r.keys[code]
	if len(code) == 2 {
		i, ok = r.alpha2[code]
	}
	if ok && r.entries[i].Kind == Country {
		return &r.entries[i]
	}
	return nil
}

// StandsFor is the entry that a metonym stands for, or e itself.
func (r *Registry) StandsFor(e *Entry) *Entry {
	if e == nil || e.Stands == "" {
		return e
	}
	if to := r.Entry(e.Stands); to != nil {
		return to
	}
	return e
}

// Entries calls yield for each entry, in the order of the tables.
func (r *Registry) Entries(yield func(*Entry) bool) {
	for i := range r.entries {
		if !yield(&r.entries[i]) {
			return
		}
	}
}
