package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"readout"
	"readout/news/event"
)

// EventScore counts how well records were coded; the figures are those of the
// coders' literature on PLOVER's gold standard records.
type EventScore struct {
	Records int
	Class   int // some event of the gold type
	Source  int // and with a gold source country
	Target  int // and with a gold target country
	Events  int // events coded
	Right   int // events of the gold type
}

// eventGold is a gold record in the 2021 scheme.
type eventGold struct {
	class          string
	source, target []string
	mutual         bool // several sources and no target: each acts on the others
}

// add counts the events coded for a record.
func (s *EventScore) add(g eventGold, events []event.Coded) {
	var class, source, target bool
	for _, e := range events {
		s.Events++
		if e.PLOVER != g.class {
			continue
		}
		s.Right++
		class = true
		src, tgt := inBoth(countries(e.Source), g.source), inBoth(countries(e.Target), g.target)
		okSource := len(g.source) == 0 || len(src) > 0
		okTarget := len(g.target) == 0 || len(tgt) > 0
		if g.mutual && len(g.source) > 1 {
			okTarget = len(src) > 0 && len(tgt) > 0 && (len(src) > 1 || len(tgt) > 1 || src[0] != tgt[0])
		}
		source = source || okSource
		target = target || okSource && okTarget
	}
	s.Records++
	s.Class += one(class)
	s.Source += one(source)
	s.Target += one(target)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func inBoth(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(c string) bool { return !slices.Contains(b, c) })
}

// countries are the first three letters of actor codes, slips of the gold data
// mended, each once.
func countries(codes []string) []string {
	var out []string
	for _, c := range codes {
		if len(c) < 3 || c[:3] == "---" {
			continue
		}
		c = strings.ToUpper(c[:3])
		if m, ok := map[string]string{"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}[c]; ok {
			c = m
		}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// goldActors decodes the actors of a side, which is "" when there is none.
func goldActors(b json.RawMessage) []string {
	var list []struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(b, &list) != nil {
		return nil
	}
	var out []string
	for _, a := range list {
		out = append(out, a.Code)
	}
	return out
}

// RunEvents codes the gold standard records of a file, a JSON list in the form
// of github.com/openeventdata/PLOVER, by their texts alone, and scores them: by
// type of the gold record, and under "" altogether.
func RunEvents(ctx context.Context, r *readout.Reader, coder event.Coder, path string) (map[string]EventScore, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var records []struct {
		Event  string          `json:"event"`
		Date   string          `json:"date"`
		Text   string          `json:"text"`
		Source json.RawMessage `json:"source"`
		Target json.RawMessage `json:"target"`
	}
	if err := json.Unmarshal(b, &records); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := map[string]EventScore{}
	for _, rec := range records {
		if rec.Event == "DOCUMENT" {
			continue
		}
		g := eventGold{class: rec.Event, source: countries(goldActors(rec.Source)), target: countries(goldActors(rec.Target))}
		// The manual of 2021 renamed four types of 2016.
		if c, ok := map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}[g.class]; ok {
			g.class = c
		}
		if len(goldActors(rec.Source)) > 1 && len(g.target) == 0 {
			g.mutual, g.target = true, g.source
		}
		published, err := time.Parse(time.DateOnly, rec.Date)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		d, err := r.Read(ctx, readout.Article{Text: rec.Text, Published: published})
		if err != nil {
			return nil, err
		}
		events := coder.Code(d)
		for _, k := range []string{"", g.class} {
			s := out[k]
			s.add(g, events)
			out[k] = s
		}
	}
	return out, nil
}

// PrintEvents prints the scores in percent, all records first.
func PrintEvents(w io.Writer, scores map[string]EventScore) error {
	types := make([]string, 0, len(scores))
	for t := range scores {
		types = append(types, t)
	}
	slices.Sort(types)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "type\trecords\tclass\t+source\t+target\tevents\tprecision\t")
	for _, t := range types {
		s := scores[t]
		name := t
		if t == "" {
			name = "all"
		}
		fmt.Fprintf(tw, "%s\t%d\t%.1f\t%.1f\t%.1f\t%d\t%.1f\t\n", name, s.Records, percent(s.Class, s.Records),
			percent(s.Source, s.Records), percent(s.Target, s.Records), s.Events, percent(s.Right, s.Events))
	}
	return tw.Flush()
}

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
