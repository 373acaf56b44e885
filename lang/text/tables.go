package text

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var data embed.FS

// abbrKind says how an abbreviation behaves before a full stop.
type abbrKind uint8

const (
	_          abbrKind = iota
	abbrTitle           // keeps its stop and never ends a sentence: Mr., Gen.
	abbrMid             // keeps its stop and never ends a sentence before a word: vs., e.g.
	abbrEnd             // keeps its stop and may end a sentence: Inc., U.S.
	abbrNumber          // keeps its stop only before a number: No. 5
	abbrTail            // keeps its stop only in mid-sentence: etc., and so on
	abbrMonth           // keeps its stop before a number, and before a lower-case word or comma: Jan. 5
)

var abbrKinds = map[string]abbrKind{"title": abbrTitle, "mid": abbrMid, "end": abbrEnd, "number": abbrNumber, "tail": abbrTail, "month": abbrMonth}

// tables are the word lists; never written once made. Keys are lower case
// but for units.
type tables struct {
	abbr      map[string]abbrKind // with the final stop, as it is written
	prefixes  map[string]bool     // of words that a hyphen does not divide
	contract  map[string]int      // bytes of the first part: cannot = can + not
	units     map[string]bool     // measures written on to their number: 5km
	starters  map[string]bool     // words that begin a sentence when capitalised
	reporting map[string]bool     // verbs after a quotation
	emoticons []string            // a longer one before what begins it
	captions  []string            // how a caption begins
	agencies  map[string]bool
	leading   map[string]bool // words written with an apostrophe in front
}

var loadTables = sync.OnceValue(func() *tables {
	t := &tables{abbr: map[string]abbrKind{}, contract: map[string]int{}}
	for _, r := range rows("abbreviations", 3) {
		k, ok := abbrKinds[r[1]]
		if !ok {
			panic("text: abbreviations.tsv: kind " + r[1])
		}
		t.abbr[r[0]] = k
	}
	for _, r := range rows("contractions", 3) {
		first, second, _ := strings.Cut(r[1], " ")
		t.contract[first+second] = len(first)
	}
	lists := map[string]map[string]bool{}
	for _, r := range rows("words", 3) {
		switch r[1] {
		case "emoticon":
			t.emoticons = append(t.emoticons, r[0])
		case "caption":
			t.captions = append(t.captions, r[0])
		default:
			if lists[r[1]] == nil {
				lists[r[1]] = map[string]bool{}
			}
			if r[1] != "unit" { // 5M is not 5m, kWh not KWH
				r[0] = strings.ToLower(r[0])
			}
			lists[r[1]][r[0]] = true
		}
	}
	t.prefixes, t.units, t.starters = lists["prefix"], lists["unit"], lists["starter"]
	t.reporting, t.agencies, t.leading = lists["reporting"], lists["agency"], lists["leading"]
	return t
})

// abbreviation is the kind of form, which has its stop; one written in lower
// case in the table may begin a sentence (E.g.), any may be in capitals (ST.).
func (t *tables) abbreviation(form string) abbrKind {
	if k := t.abbr[form]; k != 0 || !isUpperByte(form[0]) {
		return k
	}
	if k := has(t.abbr, form); k != 0 || !isUpperByte(form[1]) {
		return k
	}
	return t.abbr[form[:1]+lower(form[1:])]
}

// rows are the rows of a table without its header, each of n columns.
func rows(name string, n int) [][]string {
	b, err := data.ReadFile("data/" + name + ".tsv")
	if err != nil {
		panic(err)
	}
	var out [][]string
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		r := strings.Split(line, "\t")
		if len(r) != n {
			panic(fmt.Sprintf("text: %s.tsv:%d: %d columns, %d needed", name, i+1, len(r), n))
		}
		if i > 0 {
			out = append(out, r)
		}
	}
	return out
}
