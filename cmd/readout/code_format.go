package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/news/event"
)

// codeWriter writes coded lines in one of codeFormats.
type codeWriter struct {
	w      io.Writer
	format string
	n      int // lines written, for POLECAT's header
}

func newCodeWriter(w io.Writer, format string) *codeWriter { return &codeWriter{w: w, format: format} }

func (w *codeWriter) write(l coded) error {
	enc := json.NewEncoder(w.w)
	enc.SetEscapeHTML(false)
	if w.format == "jsonl" {
		return enc.Encode(l)
	}
	if w.format == "polecat" && w.n == 0 {
		if err := w.row(polecatColumns); err != nil {
			return err
		}
	}
	w.n++
	for i, e := range l.Events {
		var err error
		switch w.format {
		case "petrarch":
			err = w.petrarch(l, e)
		case "plover":
			err = enc.Encode(ploverRecord(l, e, i))
		case "polecat":
			err = w.row(polecatRow(l, e, i))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// row writes cells with tabs between, and none within.
func (w *codeWriter) row(cells []string) error {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	cells = slices.Clone(cells)
	for i, c := range cells {
		cells[i] = clean.Replace(c)
	}
	_, err := fmt.Fprintln(w.w, strings.Join(cells, "\t"))
	return err
}

// petrarch writes a row for each pair of a source and another actor: date,
// source, target, code, issues, ids, address, story's source, and the words.
func (w *codeWriter) petrarch(l coded, e event.Coded) error {
	date := strings.ReplaceAll(l.date, "-", "")
	for _, s := range orNone(e.Source, "---") {
		for _, t := range orNone(e.Target, "---") {
			if s == t {
				continue
			}
			if err := w.row([]string{date, s, t, e.CAMEO, "", l.ID, "", "", e.Text}); err != nil {
				return err
			}
		}
	}
	return nil
}

func orNone(list []string, none string) []string {
	if len(list) == 0 {
		return []string{none}
	}
	return list
}

// plover is a record in the manual's field names.
type plover struct {
	ID         string   `json:"id"`
	Date       string   `json:"date"`
	Actor      []string `json:"actor"`
	Recipient  []string `json:"recipient,omitempty"`
	Event      []string `json:"event"`
	Mode       []string `json:"mode,omitempty"`
	EventText  []string `json:"event_text"`
	QuadCode   uint8    `json:"quad_code"`
	EventScale float32  `json:"event_scale"`
	Coder      string   `json:"coder"`
}

func ploverRecord(l coded, e event.Coded, i int) plover {
	var mode []string
	if e.Mode != "" {
		mode = append(mode, e.Mode)
	}
	return plover{ID: fmt.Sprintf("%s-%d", l.ID, i+1), Date: l.date, Actor: e.Source, Recipient: e.Target,
		Event: []string{e.PLOVER}, Mode: append(mode, e.Aux...), EventText: []string{e.Text},
		QuadCode: e.PLOVERQuad, EventScale: e.Scale, Coder: "readout"}
}

// polecatColumns are the columns of POLECAT's files (Dataverse AJGVIT).
var polecatColumns = strings.Split("Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,"+
	"Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,"+
	"Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,"+
	"Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,"+
	"Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version", ",")

var polecatQuads = [...]string{"None", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

func polecatRow(l coded, e event.Coded, i int) []string {
	row := make([]string, len(polecatColumns))
	for k := range row {
		row[k] = "None"
	}
	set := func(name, v string) {
		for k, c := range polecatColumns {
			if c == name && v != "" {
				row[k] = v
			}
		}
	}
	set("Event ID", fmt.Sprintf("%s-%d", l.ID, i+1))
	set("Event Date", l.date)
	set("Event Type", e.PLOVER)
	set("Event Mode", e.Mode)
	set("Intensity", fmt.Sprintf("%g", e.Scale))
	set("Quad Code", polecatQuads[e.PLOVERQuad])
	actors := func(side string, codes []string) {
		var countries, sectors []string
		for _, c := range codes {
			countries = append(countries, c[:min(3, len(c))])
			if len(c) > 3 {
				sectors = append(sectors, c[3:])
			}
		}
		set(side+" Country", strings.Join(countries, "; "))
		set(side+" Sectors", strings.Join(sectors, "; "))
		if len(sectors) > 0 {
			set("Primary "+side+" Sector", sectors[0])
		}
	}
	actors("Actor", e.Source)
	actors("Recipient", e.Target)
	set("Publication Date", l.date)
	set("Language", "en")
	return row
}
