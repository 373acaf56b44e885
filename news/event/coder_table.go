package event

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"readout/codebook/cameo"
)

// turn is what a word does to the act told below it, for the coder.
type turn uint8

const (
	turnNone    turn = iota // the word is an act of its own
	turnIntent              // promise, agree, plan
	turnAppeal              // urge, ask
	turnDemand              // demand, must
	turnRefusal             // refuse, reject
	turnThreat              // threaten
	turnTake                // accuse, thank: what stands below is only what it is about
)

var turnNames = map[string]turn{"": turnNone, "intent": turnIntent, "appeal": turnAppeal, "demand": turnDemand,
	"refusal": turnRefusal, "threat": turnThreat, "take": turnTake}

// cameo is the turn that the codebook's table has for it.
func (t turn) cameo() cameo.Turn {
	switch t {
	case turnIntent:
		return cameo.Intent
	case turnAppeal:
		return cameo.Appeal
	case turnDemand:
		return cameo.Demand
	case turnRefusal:
		return cameo.Refusal
	case turnThreat:
		return cameo.Threat
	}
	return cameo.Done
}

// pattern is a row of patterns.tsv for one of its words: a verb, noun or
// adjective with what must stand beside it, and the act that they tell of.
type pattern struct {
	row       int
	particles []string // "off" of "call off"
	needs     []slotNeed
	code      cameo.Code
	mode      string // PLOVER's, where the code does not tell it
	turn      turn
	targets   []string // slots where those it is done to stand, the likeliest first
	given     *given   // by a dictionary; nil for a row
	mutual    bool     // all take part alike: the subjects, and those after "with", "between"
}

// slotNeed is a condition on a slot of the word: "obj:CURFEW", "!mod:hunger".
type slotNeed struct {
	slots []string
	not   bool
	words map[string]bool // nil: anything
}

// codingTable holds patterns by part of speech and word.
type codingTable struct {
	verbs, nouns, adjectives map[string][]*pattern
	sets                     map[string]map[string]bool
	particles                map[string]bool // "call_off"
	forms                    lexicon         // inflected forms of the words of patterns and sets
}

var loadCodingTable = sync.OnceValues(newCodingTable)

// usualTargets are the slots of rows that name none.
var usualTargets = []string{"obj", "iobj", "against", "on", "at", "to", "with", "from", "into", "over", "for", "in", "near", "of"}

func newCodingTable() (*codingTable, error) {
	x := &codingTable{verbs: map[string][]*pattern{}, nouns: map[string][]*pattern{}, adjectives: map[string][]*pattern{},
		sets: map[string]map[string]bool{}, particles: map[string]bool{}, forms: lexicon{verbForms: map[string]string{}, nounForms: map[string]string{}}}
	irregular, err := table("irregular.tsv", 3)
	if err != nil {
		return nil, err
	}
	for _, f := range irregular {
		if err := x.forms.addIrregular(f); err != nil {
			return nil, err
		}
	}
	sets, err := table("sets.tsv", 2)
	if err != nil {
		return nil, err
	}
	for _, f := range sets {
		x.sets[f[0]] = map[string]bool{}
		for _, w := range strings.Fields(f[1]) {
			x.sets[f[0]][w] = true
			if !strings.Contains(w, "_") {
				x.forms.inflect(w, true)
			}
		}
	}
	rows, err := table("patterns.tsv", 8)
	if err != nil {
		return nil, err
	}
	for n, f := range rows {
		if err := x.add(n, f); err != nil {
			return nil, fmt.Errorf("patterns.tsv:%d: %w", n+2, err)
		}
	}
	return x, nil
}

func (x *codingTable) add(n int, f []string) error {
	p := pattern{row: n, targets: usualTargets}
	code, mode, _ := strings.Cut(f[3], "/")
	p.code, p.mode = cameo.Code(code), mode
	if _, ok := cameo.Lookup(p.code); !ok {
		return fmt.Errorf("code %q", code)
	}
	var ok bool
	if p.turn, ok = turnNames[f[4]]; !ok {
		return fmt.Errorf("turn %q", f[4])
	}
	switch f[5] {
	case "":
	case "recip":
		p.mutual = true
	default:
		p.targets = strings.Split(f[5], ",")
	}
	for _, s := range strings.Fields(f[2]) {
		need := slotNeed{not: s[0] == '!'}
		slots, words, classed := strings.Cut(strings.TrimPrefix(s, "!"), ":")
		need.slots = strings.Split(strings.ReplaceAll(slots, "_", " "), ",")
		if classed {
			need.words = map[string]bool{}
			for _, w := range x.expand(strings.Split(words, ",")) {
				need.words[w] = true
			}
		}
		p.needs = append(p.needs, need)
	}
	by := map[string]map[string][]*pattern{"v": x.verbs, "n": x.nouns, "a": x.adjectives}[f[1]]
	if by == nil {
		return fmt.Errorf("part of speech %q", f[1])
	}
	for _, w := range x.expand(strings.Fields(f[0])) {
		q := p
		parts := strings.Split(w, "_")
		q.particles = parts[1:]
		if len(parts) == 2 {
			x.particles[w] = true
		}
		by[parts[0]] = append(by[parts[0]], &q)
		if f[1] != "a" {
			x.forms.inflect(parts[0], f[1] == "n")
		}
	}
	return nil
}

// expand puts the words of sets, whose names are in capitals, in their place.
func (x *codingTable) expand(words []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words {
		set, ok := x.sets[w]
		if !ok {
			set = map[string]bool{w: true}
		}
		for _, k := range slices.Sorted(maps.Keys(set)) {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	return out
}
