package export

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"readout/codebook/cameo"
	"readout/codebook/plover"
	"readout/record"
)

// code is what an event is in CAMEO and PLOVER.
type code struct {
	cameo        string
	plover, mode string
	aux          []string // PLOVER's auxiliary modes
}

// codeOf gives the codes of an event: those of the accounts that agree with its
// status, else what its kind is in CAMEO, turned as the status asks (a planned
// meeting is the intent to meet). The code of a kind without any is "".
func codeOf(e *record.Event) code {
	c := code{cameo: e.CAMEO, plover: e.PLOVER, mode: e.Mode}
	if c.cameo == "" {
		base := cameo.Code(book().kinds[e.Kind])
		turned := base.As(turnOf(e.Status.Value, base))
		if turned == "" {
			turned = base
		}
		t, mode := plover.FromCAMEO(string(turned))
		c.cameo, c.plover, c.mode = string(turned), t.String(), mode
	}
	switch e.Status.Value {
	case "occurred", "ongoing":
		if historical(e) {
			c.aux = append(c.aux, plover.Historical)
		}
	case "planned", "proposed", "postponed", record.StatusLapsed:
		c.aux = append(c.aux, plover.Future)
	case "possible", "conditional":
		c.aux = append(c.aux, plover.Future, plover.Hypothetical)
	case record.StatusDisputed:
		c.aux = append(c.aux, plover.Hypothetical)
	case "denied", "cancelled":
		if cameo.Code(c.cameo).Root() != "12" { // a refusal is an act, and was done
			c.aux = append(c.aux, plover.Negation)
		}
	}
	return c
}

// historical is what lay more than three months before the first article.
func historical(e *record.Event) bool {
	day, err1 := time.Parse(time.DateOnly, e.To)
	first, err2 := time.Parse(time.DateOnly, e.First)
	return err1 == nil && err2 == nil && day.AddDate(0, 3, 0).Before(first)
}

func turnOf(status string, base cameo.Code) cameo.Turn {
	conflict := base.Quad() >= 3
	switch status {
	case "planned", "conditional", "possible", "postponed", record.StatusLapsed:
		if conflict {
			return cameo.Threat
		}
		return cameo.Intent
	case "proposed":
		return cameo.Appeal
	case "cancelled", "denied":
		if !conflict {
			return cameo.Refusal
		}
	}
	return cameo.Done
}

// contexts are PLOVER's contexts of an event: diplomatic for all that people
// have to do with each other, and those of its topics.
func contexts(e *record.Event) []string {
	var out []string
	if e.Encounter() {
		out = append(out, "diplomatic")
	}
	for _, t := range e.Topics {
		if c := book().contexts[t]; c != "" {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// day is the day of the act that an event's row tells of: of what happened its
// own, else that of the words by which it is planned, asked for or denied. Where
// the own day is not known it is that of the first article.
func day(e *record.Event) string {
	if happened(e.Status.Value) && e.From != "" {
		return e.From
	}
	if !happened(e.Status.Value) && e.Status.Since != "" {
		return e.Status.Since
	}
	return e.First
}

//go:embed kinds.tsv
var kindsTSV string

//go:embed contexts.tsv
var contextsTSV string

//go:embed fips.tsv
var fipsTSV string

// books are the tables of this package: CAMEO codes of kinds, PLOVER contexts of
// topics, and countries in FIPS 10-4, which GDELT uses.
type books struct {
	kinds, contexts, fips map[string]string
}

// book is the decoded tables; they are part of the program and tests load them,
// so an ill-formed one is a bug.
var book = sync.OnceValue(func() *books {
	return &books{pairs("kinds.tsv", kindsTSV), pairs("contexts.tsv", contextsTSV), pairs("fips.tsv", fipsTSV)}
})

// pairs reads a table of a name, what it is, and the source.
func pairs(name, tsv string) map[string]string {
	out := map[string]string{}
	for i, l := range strings.Split(strings.TrimRight(tsv, "\n"), "\n")[1:] {
		f := strings.Split(l, "\t")
		if len(f) != 3 || out[f[0]] != "" {
			panic(fmt.Sprintf("export: %s:%d: %q", name, i+2, l))
		}
		out[f[0]] = f[1]
	}
	return out
}
