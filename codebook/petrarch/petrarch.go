// Package petrarch reads the dictionaries of PETRARCH, PETRARCH2 and
// UniversalPetrarch, the event coders of the Open Event Data Alliance: who is
// whose (actors), what role a noun is (agents) and what a verb with the words
// around it is in CAMEO (verbs).
//
// Three files, three formats, each described in full above its reader:
// actors.go, agents.go, verbs.go. They have in common: plain UTF-8 text; what
// stands behind # or ; is a comment, and so is <!-- … -->; empty lines count for
// nothing; words are joined by underscores or blanks, and case does not count.
//
// A line that breaks its format is passed over and named ([SyntaxError]), and
// the rest of the file is used: dictionaries grow over decades, and every one
// of them has such lines.
//
// The package knows no documents and no CAMEO: callers hand it words and dates
// and get codes back, as they stand in the file.
package petrarch

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"readout/registry"
)

// Limits of a file. A larger file is an error, a longer line is passed over.
const (
	maxFile = 64 << 20 // bytes
	maxLine = 16 << 10 // bytes
)

// Dictionary is what has been read of actors, agents and verbs. The zero value
// is empty. Reading adds to it; once all is read it is immutable and safe for
// many goroutines.
type Dictionary struct {
	actors trie
	roles  [][]role // by actor
	agents trie
	nouns  []agent // by agent
	codes  map[string]bool
	verbs  map[string][]*Verb
	sets   map[string]set // synonym sets of the verbs' patterns
}

// Loaded tells what came of a file.
type Loaded struct {
	Name    string
	Entries int            // actors, agents, or verbs
	Phrases int            // their names, or the verbs' patterns
	NotUsed int            // transformations of verbs
	Passed  []*SyntaxError // ill-formed lines, in the order of the file
}

// SyntaxError is an ill-formed line: where, what is wrong, and what to do.
type SyntaxError struct {
	Name string // the file's
	Line int    // from 1
	Msg  string // "what; what to do"
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.Name, e.Line, e.Msg) }

// file walks the lines of a dictionary.
type file struct {
	Loaded
	rest    []byte
	line    int
	comment bool // within <!-- … -->
}

func open(name string, r io.Reader) (*file, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("read %s: the file is larger than %d MiB: split it", name, maxFile>>20)
	}
	return &file{Loaded: Loaded{Name: name}, rest: bytes.TrimPrefix(b, []byte("\ufeff"))}, nil
}

// next gives the next line that says something, comments and blanks at its end
// cut off.
func (f *file) next() (string, bool) {
	for len(f.rest) > 0 {
		b, rest, _ := bytes.Cut(f.rest, []byte("\n"))
		f.rest = rest
		f.line++
		if len(b) > maxLine {
			f.pass("the line is longer than %d KiB; is this a dictionary?", maxLine>>10)
			continue
		}
		b = f.uncomment(b)
		if len(b) == 0 {
			continue
		}
		if !utf8.Valid(b) {
			f.pass("the line is not UTF-8; save the file as UTF-8")
			continue
		}
		return string(b), true
	}
	return "", false
}

// uncomment cuts the comments off a line, and the blanks at its end.
func (f *file) uncomment(b []byte) []byte {
	if f.comment {
		_, after, ok := bytes.Cut(b, []byte("-->"))
		if !ok {
			return nil
		}
		f.comment, b = false, after
	}
	for {
		before, after, ok := bytes.Cut(b, []byte("<!--"))
		if !ok {
			break
		}
		_, after, ok = bytes.Cut(after, []byte("-->"))
		if f.comment = !ok; f.comment {
			b = before
			break
		}
		b = append(append([]byte{}, before...), after...)
	}
	if i := bytes.IndexAny(b, "#;"); i >= 0 {
		b = b[:i]
	}
	return bytes.TrimRight(b, " \t\r\v\f")
}

// pass notes that the present line is ill-formed and passed over.
func (f *file) pass(format string, args ...any) { f.passAt(f.line, format, args...) }

func (f *file) passAt(line int, format string, args ...any) {
	f.Passed = append(f.Passed, &SyntaxError{f.Name, line, fmt.Sprintf(format, args...)})
}

// maxPieces is the length of the longest phrase.
const maxPieces = 24

// pieces cuts a phrase of a dictionary as the registry cuts names: at blanks,
// underscores, hyphens and apostrophes, lower case, accents and full stops
// dropped. What stands in brackets, an acronym mostly, is no part of it.
func pieces(s string) []string {
	if i := strings.IndexByte(s, '('); i >= 0 {
		after := ""
		if k := strings.IndexByte(s[i:], ')'); k >= 0 {
			after = s[i+k+1:]
		}
		s = s[:i] + " " + strings.ReplaceAll(after, "(", " ")
	}
	return strings.Fields(registry.Fold(separators.Replace(s)))
}

var separators = strings.NewReplacer("_", " ", ",", " ", ")", " ", "“", " ", "”", " ")

// trie finds phrases by their pieces: one look into a hash table a piece.
type trie struct {
	vocab map[string]uint32
	edges map[uint64]uint32 // node<<32 | number of the piece
	ends  [][]int32         // by node: what the phrase that ends there is
}

func (t *trie) add(pieces []string, value int32) {
	if t.vocab == nil {
		t.vocab, t.edges, t.ends = map[string]uint32{}, map[uint64]uint32{}, [][]int32{nil}
	}
	node := uint32(0)
	for _, p := range pieces {
		id, ok := t.vocab[p]
		if !ok {
			id = uint32(len(t.vocab))
			t.vocab[p] = id
		}
		key := uint64(node)<<32 | uint64(id)
		next, ok := t.edges[key]
		if !ok {
			next = uint32(len(t.ends))
			t.edges[key] = next
			t.ends = append(t.ends, nil)
		}
		node = next
	}
	t.ends[node] = append(t.ends[node], value)
}

// walk gives what the longest phrase is that begins with word i of n, and how
// many words it takes; nil and 0 where none begins there.
func (t *trie) walk(words func(int) string, n, i int) (best []int32, length int) {
	if len(t.edges) == 0 {
		return nil, 0
	}
	node := uint32(0)
	for k := i; k < n; k++ {
		folded := registry.Fold(words(k))
		if folded == "" && k == i {
			return nil, 0
		}
		for folded != "" {
			var p string
			p, folded, _ = strings.Cut(folded, " ")
			id, ok := t.vocab[p]
			if !ok {
				return best, length
			}
			if node, ok = t.edges[uint64(node)<<32|uint64(id)]; !ok {
				return best, length
			}
		}
		if e := t.ends[node]; e != nil && node != 0 {
			best, length = e, k+1-i
		}
	}
	return best, length
}

// plural is the regular plural of a noun in capitals.
func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "Y") && len(s) > 1 && !strings.ContainsRune("AEIOU", rune(s[len(s)-2])):
		return s[:len(s)-1] + "IES"
	case strings.HasSuffix(s, "S"), strings.HasSuffix(s, "X"), strings.HasSuffix(s, "CH"), strings.HasSuffix(s, "SH"):
		return s + "ES"
	}
	return s + "S"
}
