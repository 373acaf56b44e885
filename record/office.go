package record

import (
	"slices"
	"time"

	"readout/registry"
)

// Office is a post that somebody held, as the registry has it and no article
// need tell it.
type Office struct {
	Title   string `json:"title"`
	Body    string `json:"body,omitempty"`    // that it is an office of; left out for a state
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-3
	From    string `json:"from,omitempty"`    // a year, a month or a day; left out: not known
	To      string `json:"to,omitempty"`      // the last day; left out: still held, or not known
}

// officesBy are the offices that somebody had entered by a date, the latest first.
func officesBy(reg *registry.Registry, key string, at time.Time) []Office {
	out := []Office{}
	e := reg.Entry(key)
	if e == nil {
		return out
	}
	list := slices.Clone(e.Offices)
	slices.SortStableFunc(list, func(a, b registry.Office) int { return b.From.First().Compare(a.From.First()) })
	for _, o := range list {
		if !o.From.First().After(at) {
			out = append(out, Office{Title: o.Title, Body: o.Org, Country: o.Country, From: o.From.String(), To: o.To.String()})
		}
	}
	return out
}
