// Package plover holds the event types of PLOVER, the Political Language
// Ontology for Verifiable Event Records (manual of September 2021), with their
// modes, and the conversion from CAMEO codes.
//
// It knows types, modes, scores, quad classes and what a type becomes when the
// act lies in the future. It knows no documents and no English.
package plover

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Type is one of PLOVER's sixteen event types; 0 is unset.
type Type uint8

// The event types.
const (
	_ Type = iota
	Agree
	Consult
	Support
	Concede
	Cooperate
	Aid
	Retreat
	Request
	Accuse
	Reject
	Threaten
	Sanction
	Protest
	Mobilize
	Coerce
	Assault
)

var names = [...]string{"", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
	"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"}

// String is the type as records write it, "" when unset.
func (t Type) String() string {
	if int(t) < len(names) {
		return names[t]
	}
	return ""
}

// Parse gives the type of a name; false when there is none such.
func Parse(s string) (Type, bool) {
	for i := 1; i < len(names); i++ {
		if names[i] == s {
			return Type(i), true
		}
	}
	return 0, false
}

// Types lists the sixteen types in the order of the constants.
func Types() []Type {
	out := make([]Type, 0, len(names)-1)
	for i := 1; i < len(names); i++ {
		out = append(out, Type(i))
	}
	return out
}

// PLOVER's auxiliary modes, which say how an event stands to the present. The
// manual defines them; no other coder fills them.
const (
	Historical   = "historical"
	Future       = "future"
	Hypothetical = "hypothetical"
	Negation     = "negation"
)

// Mode is a mode of a type and its intensity.
type Mode struct {
	Name  string
	Score float32
}

// Entry is what the manual says of a type.
type Entry struct {
	Type   Type
	Quad   uint8   // 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
	Score  float32 // without a mode
	Future Type    // what it is coded as while it is only intended
	Modes  []Mode
}

// Lookup gives the entry of t; its zero value when t is unset.
func Lookup(t Type) Entry {
	if b := book(); int(t) < len(b.types) {
		return b.types[t]
	}
	return Entry{}
}

// FromCAMEO converts a CAMEO code by its longest prefix in the table: 041 is
// Consult with mode phone. The type is unset for codes PLOVER leaves out (01,
// statements).
func FromCAMEO(code string) (t Type, mode string) {
	b := book()
	for n := len(code); n >= 2; n-- {
		if c, ok := b.cameo[code[:n]]; ok {
			return c.t, c.mode
		}
	}
	return 0, ""
}

//go:embed types.tsv
var typesTSV string

//go:embed from_cameo.tsv
var cameoTSV string

type conversion struct {
	t    Type
	mode string
}

type tables struct {
	types [len(names)]Entry
	cameo map[string]conversion
}

var load = sync.OnceValues(func() (*tables, error) { return parse(typesTSV, cameoTSV) })

// book is the decoded tables. They are part of the program and tests load
// them, so ill-formed ones are a bug.
func book() *tables {
	t, err := load()
	if err != nil {
		panic("plover: " + err.Error())
	}
	return t
}

func parse(types, fromCAMEO string) (*tables, error) {
	b := &tables{cameo: map[string]conversion{}}
	for n, f := range rows(types) {
		if len(f) != 6 {
			return nil, fmt.Errorf("types.tsv:%d: %d fields, want 6", n+2, len(f))
		}
		t, ok := Parse(f[0])
		future, ok2 := Parse(f[3])
		quad, err1 := strconv.ParseUint(f[1], 10, 8)
		score, err2 := strconv.ParseFloat(f[2], 32)
		if !ok || !ok2 || err1 != nil || err2 != nil {
			return nil, fmt.Errorf("types.tsv:%d: ill-formed", n+2)
		}
		e := Entry{Type: t, Quad: uint8(quad), Score: float32(score), Future: future}
		for _, m := range strings.Fields(f[4]) {
			name, v, _ := strings.Cut(m, ":")
			s, err := strconv.ParseFloat(v, 32)
			if err != nil {
				return nil, fmt.Errorf("types.tsv:%d: mode %q", n+2, m)
			}
			e.Modes = append(e.Modes, Mode{name, float32(s)})
		}
		b.types[t] = e
	}
	for n, f := range rows(fromCAMEO) {
		if len(f) != 4 {
			return nil, fmt.Errorf("from_cameo.tsv:%d: %d fields, want 4", n+2, len(f))
		}
		t, ok := Parse(f[1])
		if !ok {
			return nil, fmt.Errorf("from_cameo.tsv:%d: type %q", n+2, f[1])
		}
		b.cameo[f[0]] = conversion{t, f[2]}
	}
	return b, nil
}

// rows splits a table and drops its header.
func rows(tsv string) [][]string {
	var out [][]string
	for _, l := range strings.Split(strings.TrimRight(tsv, "\n"), "\n")[1:] {
		out = append(out, strings.Split(l, "\t"))
	}
	return out
}
