// Package cameo holds the event codes of CAMEO, the Conflict and Mediation
// Event Observations codebook (Schrodt 2012), as a table.
//
// It knows what each code is called, its Goldstein value and its quad class,
// and how a code turns when the act is intended, asked for, demanded, refused
// or threatened instead of done (04 consult, 036 intent to meet). It knows no
// documents and no English; which words make which code is for news/event.
package cameo

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Code is a CAMEO event code of two to four digits. It is a string because its
// leading zero counts: "04" is a root, "041" a base code, "0841" a leaf.
type Code string

// Turn is a way in which an act may be spoken of other than as done.
type Turn uint8

// The turns of an act.
const (
	Done    Turn = iota // it is done
	Intent              // someone intends it, or agrees to do it
	Appeal              // someone asks for it
	Demand              // someone demands it
	Refusal             // someone refuses it
	Threat              // someone threatens with it, or, of cooperation, with its end
)

const turns = int(Threat) + 1

// Entry is a row of the codebook.
type Entry struct {
	Code      Code
	Label     string
	Goldstein float32 // -10 (conflict) to 10 (cooperation)

	turn [turns]Code
}

// Quad is the class of code that event data sets derive from the root: 1
// verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
// conflict; 0 for what is no code.
func (c Code) Quad() uint8 {
	switch root := c.Root(); {
	case root == "":
		return 0
	case root <= "05":
		return 1
	case root <= "08":
		return 2
	case root <= "13":
		return 3
	}
	return 4
}

// Root is the two-digit root of c, "" when c is no code of the book.
func (c Code) Root() Code {
	if _, ok := Lookup(c); !ok {
		return ""
	}
	return c[:2]
}

// Lookup finds a code; false when the book has none such.
func Lookup(c Code) (Entry, bool) {
	i, ok := book().index[c]
	if !ok {
		return Entry{}, false
	}
	return book().entries[i], true
}

// As is the code of c's act in another turn, c itself for Done and "" where the
// book has no code for it: nobody appeals for an assault.
func (c Code) As(t Turn) Code {
	e, ok := Lookup(c)
	if !ok || int(t) >= turns {
		return ""
	}
	return e.turn[t]
}

// Entries are the rows of the book in its order. The caller may keep and
// change the slice.
func Entries() []Entry { return append([]Entry(nil), book().entries...) }

//go:embed codes.tsv
var codesTSV string

type table struct {
	entries []Entry
	index   map[Code]int
}

var load = sync.OnceValues(func() (table, error) { return parse(codesTSV) })

// book is the decoded table. The table is part of the program and tests load
// it, so an ill-formed one is a bug.
func book() table {
	t, err := load()
	if err != nil {
		panic("cameo: " + err.Error())
	}
	return t
}

func parse(tsv string) (table, error) {
	t := table{index: map[Code]int{}}
	for n, line := range strings.Split(strings.TrimRight(tsv, "\n"), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 9 {
			return table{}, fmt.Errorf("codes.tsv:%d: %d fields, want 9", n+1, len(f))
		}
		if n == 0 {
			continue
		}
		g, err := strconv.ParseFloat(f[2], 32)
		if err != nil {
			return table{}, fmt.Errorf("codes.tsv:%d: %w", n+1, err)
		}
		e := Entry{Code: Code(f[0]), Label: f[1], Goldstein: float32(g)}
		e.turn = [turns]Code{e.Code, Code(f[3]), Code(f[4]), Code(f[5]), Code(f[6]), Code(f[7])}
		t.index[e.Code] = len(t.entries)
		t.entries = append(t.entries, e)
	}
	return t, nil
}
