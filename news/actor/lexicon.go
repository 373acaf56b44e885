package actor

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/registry"
)

// class is what a phrase can speak of, as far as its words tell.
type class uint8

const (
	classUnset class = iota
	classPerson
	classPeople // several persons: "officials", "the delegation"
	classBody
	classState // what acts for a country: "the government", "the Turkish side"
	classCountry
	classPlace
	classTime
	classThing
)

var classNames = []string{"", "person", "people", "body", "state", "country", "place", "time", "thing"}

func parseClass(s string) (class, bool) {
	for i, n := range classNames {
		if i > 0 && n == s {
			return class(i), true
		}
	}
	return classUnset, false
}

// classes is a set of classes.
type classes uint16

// partiesOnly marks groups whose members are states and bodies: people stand
// for theirs.
const partiesOnly classes = 1 << 15

func (c classes) has(x class) bool { return c&(1<<x) != 0 }

// noun is what the tables know of a common noun.
type noun struct {
	class  class // the likeliest
	all    classes
	gender registry.Gender
}

// lexicon is the decoded tables of this package. It is never written once made.
type lexicon struct {
	nouns   map[string]noun
	say     words              // verbs that report
	town    words              // verbs whose subject is a town rather than a party
	willing words              // adjectives for parties
	towards words              // verbs whose object is a party
	groups  map[string]classes // what the members of "the …s" are
	weights [kinds]vector      // of the features of pronouns
	talk    words              // nouns for what goes to or comes from a party: a letter to Tehran
}

// words is a set of lemmas.
type words map[string]bool

//go:embed data/*.tsv
var tables embed.FS

var loadLexicon = sync.OnceValues(func() (*lexicon, error) {
	l := &lexicon{nouns: map[string]noun{}, say: words{}, town: words{}, willing: words{}, towards: words{}, talk: words{}, groups: map[string]classes{}}
	err := eachRow("nouns.tsv", "class\tgender\tlemmas\texample", func(f []string) error {
		c, ok := parseClass(f[0])
		if !ok {
			return fmt.Errorf("no class %q", f[0])
		}
		g := map[string]registry.Gender{"f": registry.Female, "m": registry.Male}[f[1]]
		for _, w := range strings.Fields(f[2]) {
			n := l.nouns[w]
			if n.class == classUnset {
				n.class = c
			}
			if g != 0 {
				n.gender = g
			}
			n.all |= 1 << c
			l.nouns[w] = n
		}
		return nil
	})
	if err == nil {
		err = eachRow("groups.tsv", "members\tnouns\texample\tgives", func(f []string) error {
			c := map[string]classes{"person": 1 << classPerson, "nation": 1<<classCountry | 1<<classPerson | partiesOnly,
				"party": 1<<classCountry | 1<<classBody | 1<<classPerson | 1<<classPeople | partiesOnly,
				"any":   1<<classCountry | 1<<classBody | 1<<classPerson}[f[0]]
			if c == 0 {
				return fmt.Errorf("no members %q", f[0])
			}
			for _, w := range strings.Fields(f[1]) {
				if l.groups[w] == 0 {
					l.groups[w] = c
				}
			}
			return nil
		})
	}
	if err == nil {
		err = eachRow("weights.tsv", "feature\the\tit\tthey\texample", func(f []string) error {
			i := slices.Index(featureNames, f[0])
			if i < 0 {
				return fmt.Errorf("no feature %q", f[0])
			}
			for k := range l.weights {
				w, err := strconv.ParseFloat(f[k+1], 32)
				if err != nil {
					return err
				}
				l.weights[k][i] = float32(w)
			}
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	return l, eachRow("verbs.tsv", "class\tlemmas\texample", func(f []string) error {
		into := map[string]words{"say": l.say, "town": l.town, "willing": l.willing, "towards": l.towards, "talk": l.talk}[f[0]]
		if into == nil {
			return fmt.Errorf("no class %q", f[0])
		}
		for _, w := range strings.Fields(f[1]) {
			into[w] = true
		}
		return nil
	})
})

// eachRow calls row with the fields of each row of an embedded table.
func eachRow(name, header string, row func([]string) error) error {
	b, err := tables.ReadFile("data/" + name)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	if lines[0] != header {
		return fmt.Errorf("%s:1: header is %q, want %q", name, lines[0], header)
	}
	n := strings.Count(header, "\t") + 1
	for i, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != n {
			return fmt.Errorf("%s:%d: %d fields, want %d", name, i+2, len(f), n)
		}
		if err := row(f); err != nil {
			return fmt.Errorf("%s:%d: %w", name, i+2, err)
		}
	}
	return nil
}
