package corpus

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"readout/registry"
)

//go:embed data/*.tsv
var data embed.FS

// world is who and what there is to write about. It does not change.
type world struct {
	reg     *registry.Registry
	parties []row
	phrases map[[2]string][]string // by moment and kind
	lines   map[string][]string
	sayings [][2]string
	outlets []outlet
	topics  []string
	places  []string
}

type row []string

func table(name string, columns int) ([]row, error) {
	b, err := data.ReadFile("data/" + name + ".tsv")
	if err != nil {
		return nil, err
	}
	var out []row
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return nil, fmt.Errorf("%s.tsv:%d: %d columns, want %d", name, i+1, len(f), columns)
		}
		if i > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}

func newWorld(reg *registry.Registry) (*world, error) {
	w := &world{reg: reg, phrases: map[[2]string][]string{}, lines: map[string][]string{}}
	for _, t := range []struct {
		name    string
		columns int
		take    func(row)
	}{
		{"parties", 4, func(r row) { w.parties = append(w.parties, r) }},
		{"phrases", 3, func(r row) { k := [2]string{r[0], r[1]}; w.phrases[k] = append(w.phrases[k], r[2]) }},
		{"lines", 2, func(r row) { w.lines[r[0]] = append(w.lines[r[0]], r[1]) }},
		{"sayings", 2, func(r row) { w.sayings = append(w.sayings, [2]string{r[0], r[1]}) }},
		{"outlets", 3, func(r row) { w.outlets = append(w.outlets, outlet{r[0], r[1], r[2] == "us"}) }},
		{"topics", 1, func(r row) { w.topics = append(w.topics, r[0]) }},
		{"places", 1, func(r row) { w.places = append(w.places, r[0]) }},
	} {
		rows, err := table(t.name, t.columns)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			t.take(r)
		}
	}
	return w, nil
}

// outlet is a paper, an agency, or what a government publishes on.
type outlet struct {
	name, kind string
	american   bool // May 12, not 12 May
}

// party is a country with who speaks for it at a date.
type party struct {
	key, name, adjective, capital, house string

	leader, minister *person
}

type person struct {
	entry   *registry.Entry
	party   *party
	title   string // "Foreign Minister"
	surname string
	leads   bool
}

// party gives a country at a date; nil where the registry does not know who
// held office.
func (w *world) party(r row, at time.Time) *party {
	e := w.reg.Country(r[0])
	if e == nil {
		return nil
	}
	p := &party{key: r[0], name: e.Name, adjective: r[1], capital: e.Capital, house: r[3]}
	if strings.HasPrefix(p.name, "United") || p.name == "Philippines" {
		p.name = "the " + p.name
	}
	kind, _ := registry.ParseOfficeKind(r[2])
	p.leader = w.holder(p, kind, at)
	p.minister = w.holder(p, registry.ForeignMinister, at)
	if p.leader == nil || p.minister == nil || p.leader.entry == p.minister.entry {
		return nil
	}
	p.leader.leads = true
	return p
}

// holder is who holds an office at a date and for the weeks after.
func (w *world) holder(p *party, kind registry.OfficeKind, at time.Time) *person {
	list := w.reg.Holders(kind, p.key, at)
	if len(list) == 0 || !slices.Contains(w.reg.Holders(kind, p.key, at.AddDate(0, 0, 75)), list[0]) {
		return nil
	}
	e := list[0]
	for _, o := range w.reg.OfficesAt(e, at) {
		words := strings.Fields(e.Name)
		if o.Kind != kind || o.Country != p.key || len(words) < 2 || len(o.Title) > 24 {
			continue
		}
		x := &person{entry: e, party: p, title: o.Title, surname: words[len(words)-1]}
		if p.key == "CHN" || p.key == "KOR" {
			x.surname = words[0]
		}
		return x
	}
	return nil
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// chance is true so many times of a hundred.
func chance(rng *rand.Rand, percent int) bool { return rng.IntN(100) < percent }
